//! A therapist enters a patient (R35).

use super::clinic::Clinic;
use kernel::{ApiError, Role};
use people::{
    PeopleError,
    model::patient::PatientForm,
    service::{add_patient, my_patients, open_patient},
};

fn form() -> PatientForm {
    PatientForm {
        kind: "adult".to_owned(),
        given_name: "Robin".to_owned(),
        family_name: "Reed".to_owned(),
        email: "robin@demo.example".to_owned(),
        zone: "America/New_York".to_owned(),
        state_code: "NY".to_owned(),
        diagnosis: "F43.2 Adjustment disorder".to_owned(),
        ..PatientForm::default()
    }
}

#[tokio::test]
async fn the_therapist_becomes_the_care_team_and_nobody_else_sees_the_patient() {
    let clinic = Clinic::open().await;
    let tess = clinic.ctx(clinic.tess());
    let robin = add_patient(&tess, &form()).await.unwrap();
    let listed = my_patients(&tess, None).await.unwrap();
    let names: Vec<_> = listed.lines.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, ["Ana Alvarez", "Noah Fischer", "Robin Reed"]);
    let record = open_patient(&tess, robin).await.unwrap();
    let diagnosis = record.clinical.and_then(|clinical| clinical.diagnosis).unwrap();
    assert_eq!(diagnosis.reveal(), "F43.2 Adjustment disorder");
    for foreign in [clinic.theo(), clinic.ana(), clinic.gus(), clinic.pat(), clinic.ada()] {
        let answer = open_patient(&clinic.ctx(foreign), robin).await;
        assert!(matches!(answer, Err(PeopleError::NotFound)), "{}", foreign.role);
    }
}

#[tokio::test]
async fn only_a_therapist_enters_and_lists() {
    let clinic = Clinic::open().await;
    for actor in [clinic.ana(), clinic.gus(), clinic.lia(), clinic.pat(), clinic.ada()] {
        let ctx = clinic.ctx(actor);
        assert!(
            matches!(add_patient(&ctx, &form()).await, Err(PeopleError::NotFound)),
            "{}",
            actor.role
        );
        assert!(
            matches!(my_patients(&ctx, None).await, Err(PeopleError::NotFound)),
            "{}",
            actor.role
        );
    }
}

#[tokio::test]
async fn wrong_fields_are_all_named_and_nothing_is_written() {
    let clinic = Clinic::open().await;
    let tess = clinic.ctx(clinic.tess());
    let wrong = PatientForm {
        given_name: String::new(),
        birth_date: "31 May".to_owned(),
        ..form()
    };
    let error = ApiError::from(add_patient(&tess, &wrong).await.unwrap_err());
    assert_eq!(
        (error.at("given_name"), error.at("birth_date")),
        (Some("missing"), Some("not_a_date"))
    );
    let nowhere = PatientForm {
        zone: "Mars/Olympus".to_owned(),
        ..form()
    };
    let error = ApiError::from(add_patient(&tess, &nowhere).await.unwrap_err());
    assert_eq!(error.at("zone"), Some("missing"));
    assert_eq!(my_patients(&tess, None).await.unwrap().lines.len(), 2);
}

#[tokio::test]
async fn the_list_pages_by_key() {
    let clinic = Clinic::open().await;
    let tess = clinic.ctx(clinic.tess());
    for n in 0..55 {
        let patient = PatientForm {
            family_name: format!("Reed{n:02}"),
            ..form()
        };
        add_patient(&tess, &patient).await.unwrap();
    }
    let first = my_patients(&tess, None).await.unwrap();
    assert_eq!(first.lines.len(), 50);
    let second = my_patients(&tess, first.next).await.unwrap();
    assert_eq!((second.lines.len(), second.next), (7, None));
    assert!(
        first
            .lines
            .iter()
            .all(|line| second.lines.iter().all(|other| other.id != line.id))
    );
}

#[tokio::test]
async fn every_look_is_on_the_record() {
    let clinic = Clinic::open().await;
    let (tess, ana) = (clinic.ctx(clinic.tess()), clinic.patient("Ana"));
    my_patients(&tess, None).await.unwrap();
    open_patient(&tess, ana).await.unwrap();
    let _foreign = open_patient(&clinic.ctx(clinic.theo()), ana).await;
    let looks: Vec<(String, String)> = sqlx::query_as(
        "SELECT action, kind FROM kernel.audit_entry WHERE patient = $1 AND actor = $2 AND role = $3 ORDER BY seq",
    )
    .bind(ana.uuid())
    .bind(tess.actor.account.uuid())
    .bind(Role::Therapist.as_str())
    .fetch_all(&clinic.test.owner)
    .await
    .unwrap();
    let expected = [("read", "patient"), ("read", "patient"), ("read", "clinical")];
    assert_eq!(
        looks,
        expected.map(|(action, kind)| (action.to_owned(), kind.to_owned()))
    );
}

#[tokio::test]
async fn the_patient_and_a_liaison_see_the_record_without_what_is_sealed() {
    let clinic = Clinic::open().await;
    let ana = clinic.patient("Ana");
    for actor in [clinic.ana(), clinic.lia()] {
        let record = open_patient(&clinic.ctx(actor), ana).await.unwrap();
        assert_eq!((record.full_name.as_str(), record.clinical), ("Ana Alvarez", None));
    }
}
