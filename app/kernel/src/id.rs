//! Ids are newtypes over UUIDv7, so that a patient's id cannot be passed where a visit's is meant. The server mints
//! them (`Ids`); the browser only carries them.

/// Declares id newtypes: `id! { /// doc  Name }`.
#[macro_export]
macro_rules! id {
    ($($(#[$meta:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, $crate::__serde::Serialize, $crate::__serde::Deserialize)]
        #[serde(crate = "kernel::__serde", transparent)]
        pub struct $name($crate::__uuid::Uuid);

        impl $name {
            pub const fn new(uuid: $crate::__uuid::Uuid) -> Self {
                Self(uuid)
            }
            pub const fn uuid(self) -> $crate::__uuid::Uuid {
                self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::__uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<$crate::__uuid::Uuid> for $name {
            fn from(uuid: $crate::__uuid::Uuid) -> Self {
                Self(uuid)
            }
        }
    )+};
}

id! {
    /// One human who signs in.
    AccountId,
    /// Somebody who is cared for; a child has no account of its own.
    PatientId,
    /// A therapist. The same UUID as the therapist's account: one account, one human.
    TherapistId,
    /// A sign-in session.
    SessionId,
    /// A booking request: the wish for a time.
    RequestId,
    /// A visit: the agreed meeting.
    VisitId,
    /// Sent with a mutation, so that a retry acts once.
    IdempotencyKey,
}

impl From<AccountId> for TherapistId {
    fn from(account: AccountId) -> Self {
        Self::new(account.uuid())
    }
}

impl From<TherapistId> for AccountId {
    fn from(therapist: TherapistId) -> Self {
        Self::new(therapist.uuid())
    }
}
