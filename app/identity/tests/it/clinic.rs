//! A house with a few accounts, and one method per thing somebody does.

use identity::{
    Gate, SignInError,
    http::{ClientAddress, Token},
    service::{self, Asking, Attempt, DemoAccount, Resolved, SignedIn},
};
use kernel::{AccountId, Ctx, Role, Task, testing::TestHouse};
use sqlx::Executor;

pub const PASSWORD: &str = "four plain words here";

pub struct Clinic {
    pub test: TestHouse,
    pub gate: Gate,
}

impl Clinic {
    /// Ana (patient), Gus (guardian), Tess (therapist), Lia (liaison).
    pub async fn open() -> Self {
        let clinic = Self {
            test: TestHouse::start().await,
            gate: Gate::new(false).await.unwrap(),
        };
        for (email, role) in [
            ("ana@demo.example", Role::Patient),
            ("gus@demo.example", Role::Guardian),
            ("tess@demo.example", Role::Therapist),
            ("lia@demo.example", Role::Liaison),
        ] {
            clinic.plant(email, role).await;
        }
        clinic
    }

    async fn plant(&self, email: &str, role: Role) -> AccountId {
        let house = &self.test.house;
        let phc = self.gate.hasher.hash(PASSWORD.to_owned()).await.unwrap();
        let id = house.ids.next();
        let mut tx = house.db.begin_task(Task::Seed).await.unwrap();
        let account = DemoAccount {
            id,
            email,
            name: "Somebody",
            role,
            zone: "America/Chicago",
        };
        service::plant_account(&mut tx, &account, &phc, house.clock.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub async fn try_sign_in(&self, email: &str, password: &str) -> Result<SignedIn, SignInError> {
        self.try_from("192.0.2.7", email, password).await
    }

    pub async fn try_from(&self, address: &str, email: &str, password: &str) -> Result<SignedIn, SignInError> {
        self.try_in(None, address, email, password).await
    }

    /// In a browser that carries what it was given before.
    pub async fn try_in(
        &self,
        known: Option<&Token>,
        address: &str,
        email: &str,
        password: &str,
    ) -> Result<SignedIn, SignInError> {
        let attempt = Attempt {
            email,
            password: password.to_owned(),
            address: Some(ClientAddress(address.parse().unwrap())),
            user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            known: known.cloned(),
            carried: None,
        };
        service::sign_in(&self.test.house, &self.gate, attempt).await
    }

    pub async fn sign_in(&self, email: &str) -> SignedIn {
        self.try_sign_in(email, PASSWORD).await.unwrap()
    }

    /// What the next request with this token finds.
    pub async fn is_signed_in(&self, token: &Token) -> bool {
        let resolved = service::resolve(&self.test.house, &self.gate.events, token, Asking::Person)
            .await
            .unwrap();
        matches!(resolved, Resolved::Actor(_))
    }

    pub fn ctx(&self, signed_in: &SignedIn) -> Ctx {
        Ctx {
            actor: signed_in.actor,
            house: self.test.house.clone(),
        }
    }

    /// As the owner of the database.
    pub async fn plant_fault(&self, sql: &'static str) {
        self.test.owner.execute(sql).await.unwrap();
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.test.owner).await.unwrap()
    }
}
