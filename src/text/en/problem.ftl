
# Rules of risk and of who is left behind.
problem-definition-unknown = left-behind is "{ $name }", and rules/left-behind.toml has no such definition
    .remedy = write one of: { $known }
problem-rule-twice = the indicator "{ $rule }" stands twice
    .remedy = give one of them another id, and run: guanai check
problem-rule-grade = the indicator "{ $rule }" lacks the level or the points that the grading needs
    .remedy = write level = "watch", "medium" or "high"; where points are added up, write points
problem-rule-group = the indicator "{ $rule }" has risk in its for, and the risk follows from the indicators
    .remedy = take risk out of for
problem-rule-definition = the indicator "{ $rule }" asks for the definition "{ $name }", which rules/left-behind.toml does not have
    .remedy = write "own", or a definition of that file
problem-rule-kind = the rule "{ $rule }" asks for the kind "{ $kind }", which no file of kinds/ defines
    .remedy = write a kind that there is; this lists them: guanai log kinds
problem-rule-field = the rule "{ $rule }" asks for the field "{ $field }", which the kind "{ $kind }" does not have
    .remedy = write a field of that kind, as its file in kinds/ has them
problem-rule-value = the rule "{ $rule }" has "{ $value }", which is no value of the field "{ $field }"
    .remedy = write one of: { $known }
problem-rule-type = the rule "{ $rule }" asks for the type of follow-up "{ $type }", which rules/followups.toml does not have
    .remedy = write a type of that file
problem-rule-kinds-or-contact = the indicator "{ $rule }" needs either kinds or contact, and not both
    .remedy = keep one and remove the other
