//! Groups of actors that several rows name.

use super::world::Who::{
    self, Admin, FormerGuardian, FormerTherapist, Guardian, Liaison, Partner, PatientA, PatientB, TherapistA,
    TherapistB,
};

pub const EVERYBODY: &[Who] = &Who::ALL;
pub const SIGNED_IN: &[Who] = &[
    PatientA,
    PatientB,
    Guardian,
    TherapistA,
    TherapistB,
    Liaison,
    Partner,
    Admin,
    FormerGuardian,
    FormerTherapist,
];
pub const FAMILIES: &[Who] = &[PatientA, PatientB, Guardian, FormerGuardian];
/// Whoever has somebody to book for.
pub const BOOKERS: &[Who] = &[PatientA, PatientB, Guardian];
/// Whoever may sit in a visit.
pub const IN_ROOMS: &[Who] = &[
    PatientA,
    PatientB,
    Guardian,
    TherapistA,
    TherapistB,
    FormerGuardian,
    FormerTherapist,
];
/// Whoever writes the questions before a visit.
pub const ASKING: &[Who] = &[Liaison, Admin];
pub const ADMINS: &[Who] = &[Admin];
pub const THERAPISTS: &[Who] = &[TherapistA, TherapistB, FormerTherapist];
/// Whoever gets letters.
pub const READERS: &[Who] = IN_ROOMS;
/// Whoever has a calendar of their own.
pub const WITH_CALENDARS: &[Who] = IN_ROOMS;
