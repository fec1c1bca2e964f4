//! The house as a whole: its rules, who may do what, and the walk through one visit.

mod clinic;
mod house_rules;
mod matrix;
