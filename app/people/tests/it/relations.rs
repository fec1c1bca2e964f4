//! Whom an account may act for.

use super::clinic::Clinic;
use kernel::{Actor, PatientId};
use people::{PatientKind, PeopleError, RelationKind, service};

async fn may_book(clinic: &Clinic, actor: Actor, patient: PatientId) -> Result<RelationKind, PeopleError> {
    let mut tx = clinic.test.house.db.begin(&actor).await.unwrap();
    service::may_act_for(&mut tx, &actor, patient, clinic.test.house.clock.now()).await
}

async fn cared_for(clinic: &Clinic, actor: Actor) -> Vec<(String, RelationKind)> {
    let mut tx = clinic.test.house.db.begin(&actor).await.unwrap();
    let found = service::cared_for(&mut tx, &actor, clinic.test.house.clock.now())
        .await
        .unwrap();
    found.into_iter().map(|one| (one.name, one.relation)).collect()
}

#[tokio::test]
async fn a_patient_books_for_themself_a_guardian_for_the_children_a_therapist_plans_for_own_patients() {
    let clinic = Clinic::open().await;
    let named = |list: &[(&str, RelationKind)]| -> Vec<_> {
        list.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect()
    };
    assert_eq!(
        cared_for(&clinic, clinic.ana()).await,
        named(&[("Ana Alvarez", RelationKind::SelfPatient)])
    );
    assert_eq!(
        cared_for(&clinic, clinic.gus()).await,
        named(&[
            ("Bo Grant", RelationKind::Guardian),
            ("Mila Grant", RelationKind::Guardian)
        ])
    );
    assert_eq!(
        cared_for(&clinic, clinic.theo()).await,
        named(&[("Bo Grant", RelationKind::CareTeam)])
    );
    assert!(cared_for(&clinic, clinic.lia()).await.is_empty());
}

#[tokio::test]
async fn acting_for_a_foreign_patient_is_like_acting_for_an_absent_one() {
    let clinic = Clinic::open().await;
    let bo = clinic.patient("Benjamin");
    assert!(matches!(
        may_book(&clinic, clinic.gus(), bo).await,
        Ok(RelationKind::Guardian)
    ));
    for actor in [
        clinic.ana(),
        clinic.tess(),
        clinic.theo(),
        clinic.lia(),
        clinic.pat(),
        clinic.ada(),
    ] {
        for patient in [bo, clinic.test.house.ids.next()] {
            assert!(
                matches!(may_book(&clinic, actor, patient).await, Err(PeopleError::NotFound)),
                "{}",
                actor.role
            );
        }
    }
}

#[tokio::test]
async fn a_guardian_books_only_if_the_link_covers_it() {
    let clinic = Clinic::open().await;
    clinic
        .plant_fault("UPDATE people.relation SET scope = '{attend}' WHERE kind = 'guardian'")
        .await;
    assert!(may_book(&clinic, clinic.gus(), clinic.patient("Mila")).await.is_err());
    assert!(cared_for(&clinic, clinic.gus()).await.is_empty());
}

#[tokio::test]
async fn a_link_that_ends_today_books_until_its_end() {
    let clinic = Clinic::open().await;
    let end = clinic.test.house.clock.now() + chrono::Duration::hours(1);
    sqlx::query("UPDATE people.relation SET ends_at = $1 WHERE kind = 'guardian'")
        .bind(end)
        .execute(&clinic.test.owner)
        .await
        .unwrap();
    let mila = clinic.patient("Mila");
    assert!(may_book(&clinic, clinic.gus(), mila).await.is_ok());
    clinic.test.clock.advance(chrono::Duration::hours(1));
    assert!(may_book(&clinic, clinic.gus(), mila).await.is_err());
}

#[tokio::test]
async fn a_liaison_adds_a_therapist_to_a_care_team_once() {
    let clinic = Clinic::open().await;
    let (ana, theo, lia) = (clinic.patient("Ana"), clinic.theo(), clinic.lia());
    let house = &clinic.test.house;
    for _ in 0..2 {
        let mut tx = house.db.begin(&lia).await.unwrap();
        service::join_care_team(&mut tx, &*house.ids, &lia, ana, theo.account.into(), house.clock.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
    let names: Vec<_> = cared_for(&clinic, theo)
        .await
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["Ana Alvarez", "Bo Grant"]);
}

#[tokio::test]
async fn nobody_but_a_liaison_adds_to_a_care_team() {
    let clinic = Clinic::open().await;
    let house = &clinic.test.house;
    for actor in [clinic.ana(), clinic.theo(), clinic.pat(), clinic.ada()] {
        let mut tx = house.db.begin(&actor).await.unwrap();
        let joined = service::join_care_team(
            &mut tx,
            &*house.ids,
            &actor,
            clinic.patient("Ana"),
            clinic.theo().account.into(),
            house.clock.now(),
        )
        .await;
        assert!(matches!(joined, Err(kernel::StoreError::Forbidden)), "{}", actor.role);
    }
}

#[tokio::test]
async fn the_demo_clinic_is_planted_once() {
    let clinic = Clinic::open().await;
    let hasher = identity::service::hasher::Hasher::new().await.unwrap();
    assert!(service::seed(&clinic.test.house, &hasher).await.unwrap().is_none());
}

#[tokio::test]
async fn a_pairing_says_what_stands_between_a_patient_and_a_therapist() {
    let clinic = Clinic::open().await;
    let (ana, bo) = (clinic.patient("Ana"), clinic.patient("Benjamin"));
    let now = clinic.test.house.clock.now();
    let pair = async |actor: Actor, patient: PatientId, email: &str| {
        let therapist = clinic.demo.therapist(email).unwrap();
        let mut tx = clinic.test.house.db.begin(&actor).await.unwrap();
        service::pairing(&mut tx, &actor, patient, therapist, now).await
    };
    let ours = pair(clinic.ana(), ana, "tess@demo.example").await.unwrap();
    assert_eq!(
        (ours.relation, ours.patient),
        (RelationKind::SelfPatient, PatientKind::Adult)
    );
    assert!(ours.licensed && ours.accepts_new);
    let child = pair(clinic.gus(), bo, "theo@demo.example").await.unwrap();
    assert_eq!(
        (child.relation, child.patient),
        (RelationKind::Guardian, PatientKind::Child)
    );
    // A therapist may look after a patient and still not book for them; a stranger and a liaison may not either.
    for (actor, patient) in [(clinic.theo(), bo), (clinic.ana(), bo), (clinic.lia(), ana)] {
        let answer = pair(actor, patient, "tess@demo.example").await;
        assert!(matches!(answer, Err(PeopleError::NotFound)));
    }
    let mut tx = clinic.test.house.db.begin(&clinic.ana()).await.unwrap();
    let nobody = service::pairing(&mut tx, &clinic.ana(), ana, clinic.test.house.ids.next(), now).await;
    assert!(matches!(nobody, Err(PeopleError::NotFound)));

    clinic
        .plant_fault(
            "UPDATE people.licence SET valid_until = CURRENT_DATE - 1; UPDATE people.therapist SET accepts_new = false",
        )
        .await;
    let closed = pair(clinic.ana(), ana, "tess@demo.example").await.unwrap();
    assert!(!closed.licensed && !closed.accepts_new);
}

#[tokio::test]
async fn cards_come_together_and_only_those_the_actor_sees() {
    let clinic = Clinic::open().await;
    let (ana, bo, mila) = (
        clinic.patient("Ana"),
        clinic.patient("Benjamin"),
        clinic.patient("Mila"),
    );
    let mut tx = clinic.test.house.db.begin(&clinic.gus()).await.unwrap();
    let mut names: Vec<String> = service::patient_cards(&mut tx, &[ana, bo, mila])
        .await
        .unwrap()
        .into_iter()
        .map(|card| card.name)
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["Bo Grant", "Mila Grant"]);
    assert!(service::patient_card(&mut tx, ana).await.unwrap().is_none());
    assert_eq!(
        service::patient_card(&mut tx, bo).await.unwrap().map(|card| card.id),
        Some(bo)
    );
}
