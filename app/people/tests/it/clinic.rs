//! The demo clinic, and everybody in it by name.

use identity::service::hasher::Hasher;
use kernel::{Actor, Ctx, PatientId, Role, testing::TestHouse};
use people::service::Demo;
use sqlx::Executor;

pub struct Clinic {
    pub test: TestHouse,
    pub demo: Demo,
}

impl Clinic {
    pub async fn open() -> Self {
        let test = TestHouse::start().await;
        let hasher = Hasher::new().await.unwrap();
        let demo = people::service::seed(&test.house, &hasher).await.unwrap().unwrap();
        Self { test, demo }
    }

    pub fn actor(&self, email: &str, role: Role) -> Actor {
        Actor {
            account: self.demo.account(email).unwrap(),
            role,
            session: self.test.house.ids.next(),
        }
    }

    pub fn ana(&self) -> Actor {
        self.actor("ana@demo.example", Role::Patient)
    }
    pub fn gus(&self) -> Actor {
        self.actor("gus@demo.example", Role::Guardian)
    }
    pub fn tess(&self) -> Actor {
        self.actor("tess@demo.example", Role::Therapist)
    }
    pub fn theo(&self) -> Actor {
        self.actor("theo@demo.example", Role::Therapist)
    }
    pub fn lia(&self) -> Actor {
        self.actor("lia@demo.example", Role::Liaison)
    }
    pub fn pat(&self) -> Actor {
        self.actor("pat@demo.example", Role::Partner)
    }
    pub fn ada(&self) -> Actor {
        self.actor("ada@demo.example", Role::Admin)
    }

    pub fn patient(&self, given_name: &str) -> PatientId {
        self.demo.patient(given_name).unwrap()
    }

    pub fn ctx(&self, actor: Actor) -> Ctx {
        Ctx {
            actor,
            house: self.test.house.clone(),
        }
    }

    /// As the owner of the database.
    pub async fn plant_fault(&self, sql: &'static str) {
        self.test.owner.execute(sql).await.unwrap();
    }
}
