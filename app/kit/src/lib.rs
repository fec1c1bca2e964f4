//! The design system: components and browser hooks. Knows no word of the clinic.
