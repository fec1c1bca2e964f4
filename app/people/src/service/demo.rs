//! The people of the demo clinic. Every name, number and story here is invented.

use kernel::Role;

use crate::{PatientKind, Scope};

pub struct DemoTherapist {
    pub email: &'static str,
    pub name: &'static str,
    pub title: &'static str,
    /// A code.
    pub gender: &'static str,
    pub insurers: &'static [&'static str],
    pub zone: &'static str,
    pub about: &'static str,
    pub approach: &'static str,
    pub languages: &'static [&'static str],
    pub specialties: &'static [&'static str],
    /// State and number.
    pub licences: &'static [(&'static str, &'static str)],
    pub accepts_new: bool,
}

pub const TESS: &str = "tess@demo.example";
pub const THEO: &str = "theo@demo.example";
pub const IVY: &str = "ivy@demo.example";
pub const MARA: &str = "mara@demo.example";

pub const THERAPISTS: &[DemoTherapist] = &[
    DemoTherapist {
        email: TESS,
        name: "Tess Moreno",
        title: "LCSW",
        gender: "woman",
        insurers: &["aetna", "bcbs"],
        zone: "America/New_York",
        about: "I work with adults whose days are ruled by worry, low mood or an old hurt. In the first visit we \
                agree on one thing that should get easier.",
        approach: "Cognitive behavioral therapy in small steps, with short exercises between visits.",
        languages: &["en", "es"],
        specialties: &["anxiety", "depression", "stress", "trauma"],
        licences: &[("IL", "149-018245"), ("NY", "R-087731")],
        accepts_new: true,
    },
    DemoTherapist {
        email: THEO,
        name: "Theo Lindqvist",
        title: "PsyD",
        gender: "man",
        insurers: &["bcbs", "medicaid"],
        zone: "America/Chicago",
        about: "I meet children and their parents together. We use pictures, short films and a board to draw on, and \
                we stop before a child is tired.",
        approach: "Naturalistic behavioral work with visual schedules. Parents practice with us.",
        languages: &["en"],
        specialties: &["adhd", "autism", "behavior", "play"],
        licences: &[("IL", "071-009914"), ("IN", "20043377A"), ("WI", "3892-57")],
        accepts_new: true,
    },
    DemoTherapist {
        email: MARA,
        name: "Mara Okafor",
        title: "LMFT",
        gender: "woman",
        insurers: &["cigna"],
        zone: "America/Los_Angeles",
        about: "Couples and families come to me when talking has become hard. Everybody gets the same time to speak.",
        approach: "Emotionally focused therapy; for grief, slow and without a plan to be finished.",
        languages: &["en", "fr"],
        specialties: &["couples", "family", "grief"],
        licences: &[("CA", "LMFT-118802"), ("WA", "LF-61019")],
        accepts_new: true,
    },
    DemoTherapist {
        email: "june@demo.example",
        name: "June Park",
        title: "MD",
        gender: "woman",
        insurers: &["aetna", "medicare", "uhc"],
        zone: "America/Denver",
        about: "As a psychiatrist I look at sleep, mood and medicine together, and I explain what each medicine does.",
        approach: "A careful first visit of an hour, then short ones. As little medicine as helps.",
        languages: &["en", "ko"],
        specialties: &["adhd", "depression", "ocd", "sleep"],
        licences: &[("AZ", "61840"), ("CO", "DR-0066120"), ("IL", "036-152290")],
        accepts_new: true,
    },
    DemoTherapist {
        email: "sami@demo.example",
        name: "Sami Haddad",
        title: "LPC",
        gender: "man",
        insurers: &["medicaid", "uhc"],
        zone: "America/New_York",
        about: "I work with people who want to drink or use less, and with people who carry what they have seen.",
        approach: "Motivational interviewing; no lectures. Relapse is talked about, not punished.",
        languages: &["en", "ar"],
        specialties: &["stress", "substance", "trauma"],
        licences: &[("NJ", "37PC00751200"), ("PA", "PC012884")],
        accepts_new: false,
    },
    DemoTherapist {
        email: IVY,
        name: "Ivy Kowalska",
        title: "CCC-SLP",
        gender: "woman",
        insurers: &["bcbs", "tricare"],
        zone: "America/Chicago",
        about: "I help children find words: spoken, signed or with pictures. Brothers and sisters are welcome.",
        approach: "Play first. Each visit ends with one thing to try at home.",
        languages: &["en", "pl"],
        specialties: &["autism", "language", "play"],
        licences: &[("IL", "146-014420"), ("MN", "10277")],
        accepts_new: true,
    },
];

pub struct DemoPatient {
    /// The patient's own account, if they have one: e-mail.
    pub email: Option<&'static str>,
    pub kind: PatientKind,
    pub given_name: &'static str,
    pub family_name: &'static str,
    pub preferred_name: Option<&'static str>,
    pub birth_date: &'static str,
    pub gender: Option<&'static str>,
    pub phone: &'static str,
    pub zone: &'static str,
    pub state_code: &'static str,
    pub diagnosis: Option<&'static str>,
    /// E-mails of the therapists who look after the patient.
    pub care_team: &'static [&'static str],
    /// E-mail of the guardian, and what the link covers.
    pub guardian: Option<(&'static str, &'static [Scope])>,
}

pub const ANA: &str = "ana@demo.example";
pub const GUS: &str = "gus@demo.example";

pub const PATIENTS: &[DemoPatient] = &[
    DemoPatient {
        email: Some(ANA),
        kind: PatientKind::Adult,
        given_name: "Ana",
        family_name: "Alvarez",
        preferred_name: None,
        birth_date: "1991-04-17",
        gender: Some("Woman"),
        phone: "+1 312 555 0117",
        zone: "America/Chicago",
        state_code: "IL",
        diagnosis: Some("F41.1 Generalized anxiety disorder"),
        care_team: &[TESS],
        guardian: None,
    },
    DemoPatient {
        email: Some("noah@demo.example"),
        kind: PatientKind::Adult,
        given_name: "Noah",
        family_name: "Fischer",
        preferred_name: None,
        birth_date: "1978-11-02",
        gender: None,
        phone: "+1 917 555 0163",
        zone: "America/New_York",
        state_code: "NY",
        diagnosis: None,
        care_team: &[TESS],
        guardian: None,
    },
    DemoPatient {
        email: None,
        kind: PatientKind::Adult,
        given_name: "Priya",
        family_name: "Raman",
        preferred_name: None,
        birth_date: "1985-06-30",
        gender: Some("Woman"),
        phone: "+1 415 555 0128",
        zone: "America/Los_Angeles",
        state_code: "CA",
        diagnosis: None,
        care_team: &[MARA],
        guardian: None,
    },
    DemoPatient {
        email: None,
        kind: PatientKind::Child,
        given_name: "Benjamin",
        family_name: "Grant",
        preferred_name: Some("Bo"),
        birth_date: "2019-09-05",
        gender: Some("Boy"),
        phone: "+1 217 555 0190",
        zone: "America/Chicago",
        state_code: "IL",
        diagnosis: Some("F84.0 Autistic disorder"),
        care_team: &[THEO, IVY],
        guardian: Some((GUS, &Scope::ALL)),
    },
    DemoPatient {
        email: None,
        kind: PatientKind::Child,
        given_name: "Mila",
        family_name: "Grant",
        preferred_name: None,
        birth_date: "2022-02-21",
        gender: Some("Girl"),
        phone: "+1 217 555 0190",
        zone: "America/Chicago",
        state_code: "IL",
        diagnosis: None,
        care_team: &[IVY],
        guardian: Some((GUS, &Scope::ALL)),
    },
];

/// Accounts beside patients and therapists: e-mail, name, role, zone.
pub const OTHERS: &[(&str, &str, Role, &str)] = &[
    (GUS, "Gus Grant", Role::Guardian, "America/Chicago"),
    ("lia@demo.example", "Lia Novak", Role::Liaison, "America/New_York"),
    ("ada@demo.example", "Ada Berg", Role::Admin, "America/New_York"),
    ("pat@demo.example", "Pat Quinn", Role::Partner, "America/Chicago"),
];
