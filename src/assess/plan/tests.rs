//! Promises of the plans over random records.
