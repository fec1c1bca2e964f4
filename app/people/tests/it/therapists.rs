//! Finding a therapist.

use super::clinic::Clinic;
use people::{TherapistFilter, service};

async fn found(clinic: &Clinic, filter: TherapistFilter) -> Vec<String> {
    let mut tx = clinic.test.house.db.begin(&clinic.ana()).await.unwrap();
    let cards = service::find_therapists(&mut tx, &filter).await.unwrap();
    cards.into_iter().map(|card| card.name).collect()
}

#[tokio::test]
async fn every_wish_narrows_the_list() {
    let clinic = Clinic::open().await;
    let illinois = TherapistFilter {
        state_code: Some("IL".to_owned()),
        ..TherapistFilter::default()
    };
    assert_eq!(found(&clinic, TherapistFilter::default()).await.len(), 6);
    assert_eq!(
        found(&clinic, illinois.clone()).await,
        ["Ivy Kowalska", "June Park", "Tess Moreno", "Theo Lindqvist"]
    );
    let autism = TherapistFilter {
        specialty: Some("autism".to_owned()),
        ..illinois.clone()
    };
    assert_eq!(found(&clinic, autism).await, ["Ivy Kowalska", "Theo Lindqvist"]);
    let spanish = TherapistFilter {
        language: Some("es".to_owned()),
        ..illinois
    };
    assert_eq!(found(&clinic, spanish).await, ["Tess Moreno"]);
}

#[tokio::test]
async fn a_licence_that_has_run_out_does_not_count() {
    let clinic = Clinic::open().await;
    clinic
        .plant_fault("UPDATE people.licence SET valid_until = CURRENT_DATE - 1 WHERE state_code = 'NY'")
        .await;
    let new_york = TherapistFilter {
        state_code: Some("NY".to_owned()),
        ..TherapistFilter::default()
    };
    assert!(found(&clinic, new_york).await.is_empty());
    let mut tx = clinic.test.house.db.begin(&clinic.ana()).await.unwrap();
    let tess = clinic.demo.therapist("tess@demo.example").unwrap();
    let card = service::therapist_card(&mut tx, tess).await.unwrap().unwrap();
    assert_eq!(card.licence_states, ["IL"]);
}
