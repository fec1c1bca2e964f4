//! The shell, the router and the home page of each role. Only composes.
