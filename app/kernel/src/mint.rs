//! Where ids and secrets come from: passed in like the clock, so that tests can repeat a run.

use uuid::Uuid;

pub trait Ids: Send + Sync + std::fmt::Debug {
    /// A fresh UUIDv7: sorted by time, so that inserts stay at the end of an index. Not a secret.
    fn uuid(&self) -> Uuid;
}

impl dyn Ids {
    pub fn next<T: From<Uuid>>(&self) -> T {
        T::from(self.uuid())
    }
}

#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
}
