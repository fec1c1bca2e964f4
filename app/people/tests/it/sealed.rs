//! What is sealed stays sealed: in the rows, and when it is moved.

use super::clinic::Clinic;
use people::service::open_patient;

#[tokio::test]
async fn a_diagnosis_is_nowhere_in_the_database_in_plain() {
    let clinic = Clinic::open().await;
    let tess = clinic.ctx(clinic.tess());
    let record = open_patient(&tess, clinic.patient("Ana")).await.unwrap();
    let diagnosis = record.clinical.and_then(|clinical| clinical.diagnosis).unwrap();
    assert_eq!(diagnosis.reveal(), "F41.1 Generalized anxiety disorder");
    let found: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM people.clinical WHERE position('anxiety'::bytea IN diagnosis) > 0
            OR position('F41'::bytea IN diagnosis) > 0",
    )
    .fetch_one(&clinic.test.owner)
    .await
    .unwrap();
    assert_eq!(found, 0);
}

#[tokio::test]
async fn a_sealed_text_moved_to_another_column_does_not_open() {
    let clinic = Clinic::open().await;
    clinic.plant_fault("UPDATE people.clinical SET note = diagnosis").await;
    let tess = clinic.ctx(clinic.tess());
    assert!(open_patient(&tess, clinic.patient("Ana")).await.is_err());
}
