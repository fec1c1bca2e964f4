//! Stroke outlines: a port of perfect-freehand 1.2.3.
