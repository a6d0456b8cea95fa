
# Who is left behind.
left-behind-kind-both-away = both parents away
left-behind-kind-other-without-capacity = one parent away, the other without the capacity to care
left-behind-kind-one-away = one parent away
left-behind-kind-no-parent-to-care = no parent to care (dead, missing or in prison)
left-behind-kind-unsettled = left behind; in which way is not settled
left-behind-yes = left behind
left-behind-no = not left behind
left-behind-unknown = unknown; to be filled in: { $fields }
left-behind-away-since = { $relation } away since { $since }
left-behind-away-noted = { $relation } away, noted on { $since }; the first day is unknown
left-behind-away = { $relation } away; the first day is unknown
left-behind-back = { $relation } is back
left-behind-reported-home = a form says that the { $relation } is not away
left-behind-reported-away = a form says that the { $relation } is away; when and where is unknown
left-behind-one-of-two = a form says that one parent is away; whether it is the { $relation } is unknown
left-behind-reported-gone = a form says that the child is an orphan: { $relation }
left-behind-gone = { $relation }: { $status }
left-behind-not-said = nothing says whether the { $relation } is away
left-behind-incapable = the { $relation } lacks the capacity to care
left-behind-age = { $age } years old
left-behind-hukou = household registration: { $hukou }
left-behind-hukou-address = registered at { $address }
