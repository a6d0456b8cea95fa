use super::*;
use crate::model::Place;

fn parse(text: &str) -> Result<RiskRules, crate::model::Problems> {
    let (_, rules) = Ledger::new().loaded();
    RiskRules::parse("rules/risk.toml", text, &rules)
}

#[test]
fn both_shipped_files_fit_the_shipped_kinds() {
    let points = parse(include_str!("../../../../data-template/rules/risk-points.toml")).unwrap();
    let gravest = parse(include_str!("../../../../data-template/rules/risk.toml")).unwrap();
    assert!(matches!(points.grading, Grading::Points { .. }));
    assert!(matches!(gravest.grading, Grading::Gravest { .. }));
    assert_eq!(points.emergencies, gravest.emergencies);
}

#[test]
fn a_wrong_rule_is_named_with_its_line_and_what_is_wrong() {
    for (wrong, code, line) in [
        ("metric = \"both-gone\"", "toml-value", 7),
        ("metric = { days-since = { contact = \"any\" } }", "toml-value", 7),
        ("metric = { days-since = { days = 3, wrong = 1 } }", "toml-value", 7),
        ("metric = { days-since = { days = 3 } }", "rule-kinds-or-contact", 3),
        ("metric = { days-since = { kinds = [\"house-visit\"], days = 3 } }", "rule-kind", 3),
        ("metric = { count = { kinds = [\"incident\"], field = \"kind\", at-least = 1 } }", "rule-field", 3),
        (
            "metric = { count = { kinds = [\"incident\"], field = \"type\", is = [\"fight\"], at-least = 1 } }",
            "rule-value",
            3,
        ),
        ("metric = { follow-ups = { types = [\"visits\"] } }", "rule-type", 3),
        ("metric = { follow-ups = { at-least = 0 } }", "rule-empty", 3),
        ("metric = { count = { kinds = [], at-least = 1 } }", "rule-empty", 3),
        ("metric = { guardian-ability = { is = [] } }", "rule-empty", 3),
        ("metric = \"both-away\"\nfor = { risk = \"high\" }", "rule-group", 3),
        ("metric = \"both-away\"\nfor = { left-behind = \"mine\" }", "rule-definition", 3),
    ] {
        let text = one("METRIC").replace("metric = METRIC", wrong);
        let problems = parse(&text).unwrap_err();
        assert_eq!(
            (problems.0[0].code, problems.0[0].place.clone()),
            (code, Place::line("rules/risk.toml", line)),
            "{wrong}"
        );
    }
    let no_bands = one("\"both-away\"").replace("way = \"gravest\"", "way = \"points\"\nbands = []");
    assert_eq!(parse(&no_bands).unwrap_err().0[0].code, "rule-empty");
    let ungraded = one("\"both-away\"").replace("level = \"medium\"\n", "");
    assert_eq!(parse(&ungraded).unwrap_err().0[0].code, "rule-grade");
    assert_eq!(parse(&one("\"both-away\"").replace("medium", "grave")).unwrap_err().0[0].code, "toml-value");
    let indicator = one("\"both-away\"");
    let twice = format!("{indicator}{}", &indicator[indicator.find("[[").unwrap()..]);
    assert_eq!(parse(&twice).unwrap_err().0[0].code, "rule-twice");
}

#[test]
fn the_school_s_own_definition_must_be_one_that_there_is() {
    let ledger = Ledger::new().file("guanai.toml", "format = 1\n[school]\nleft-behind = \"mine\"\n");
    assert_eq!(Rules::load(&ledger.snapshot()).unwrap_err().0[0].code, "definition-unknown");
}
