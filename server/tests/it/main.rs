//! The house as a whole: its rules, who may do what, and the walk through one visit.

mod house_rules;
