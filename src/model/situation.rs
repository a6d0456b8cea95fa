//! The closed lists by which forms and groups tell children apart: in what way one is left behind, who cares for it, what
//! school it goes to, how it is.

use super::code::codes;

codes! {
    /// In what way a child is left behind.
    LeftBehindKind as "left-behind-kind" {
        BothAway = "both-away",
        /// One parent away, and the other one without the capacity to care.
        OtherWithoutCapacity = "other-without-capacity",
        OneAway = "one-away",
        /// A parent dead, missing or in prison, and the other one away or without capacity.
        NoParentToCare = "no-parent-to-care",
        /// Left behind in any case; in which way depends on what is not known.
        Unsettled = "unsettled",
    }
}
codes! {
    /// Who cares for a child, as reports group it.
    Carer as "carer" {
        Parent = "parent",
        PaternalGrandparent = "paternal-grandparent",
        MaternalGrandparent = "maternal-grandparent",
        /// An uncle, aunt or another grown relative.
        Relative = "relative",
        Sibling = "sibling",
        /// A neighbour, teacher or somebody else.
        Other = "other",
        /// Somebody whose relation is not noted.
        NotSaid = "not-said",
        /// No guardian is recorded, and no parent is known to be at home.
        Nobody = "nobody",
    }
}
codes! {
    /// Where a child goes to school, in the order of the civil-affairs register (就学情况, 民发〔2016〕42号).
    Schooling as "schooling" {
        Kindergarten = "kindergarten",
        /// Of the age for it, and in none.
        NotInKindergarten = "not-in-kindergarten",
        Primary = "primary",
        JuniorSecondary = "junior-secondary",
        SeniorSecondary = "senior-secondary",
        Vocational = "vocational",
        /// Of the years of compulsory schooling.
        DroppedOut = "dropped-out",
        /// Past them.
        NotAtSchool = "not-at-school",
    }
}
codes! {
    /// How a child is (身体情况); one can be disabled and gravely ill at once.
    Condition as "condition" {
        Healthy = "healthy", Disabled = "disabled", Ill = "ill", DisabledAndIll = "disabled-and-ill",
    }
}
