//! The table as a file.

use crate::{
    clinic::Clinic,
    desk::{code, number, sql},
};
use desk::service::{self, VisitsWish};

async fn whole(ctx: &kernel::Ctx, wish: &VisitsWish) -> String {
    let mut export = service::export(ctx, wish, "monthly report", "state=").await.unwrap();
    let mut text = String::new();
    while let Some(piece) = export.piece().await.unwrap() {
        text.push_str(std::str::from_utf8(&piece).unwrap());
    }
    text
}

#[tokio::test]
async fn a_file_has_a_reason_every_row_once_and_no_formula() {
    let clinic = Clinic::start().await;
    let lia = clinic.lia();
    let service_id = clinic.slot(&clinic.ana(), "tess", "Ana").await.0;
    sql(
        &clinic,
        &format!(
            "UPDATE people.patient SET given_name = '=HYPERLINK(\"x\")', preferred_name = NULL WHERE id = '{patient}';
             INSERT INTO scheduling.visit (id, patient_id, therapist_id, service_id, during, state, agreed_at)
             SELECT gen_random_uuid(), '{patient}', '{}', '{service_id}', tstzrange(at, at + interval '45 minutes'), 'scheduled',
                    timestamptz '2026-01-01'
             FROM generate_series(timestamptz '2028-01-01', timestamptz '2028-02-19', interval '1 hour') at",
            clinic.therapist("tess"),
            patient = clinic.patient("Ana"),
        ),
    )
    .await;
    assert_eq!(
        code(service::export(&lia, &VisitsWish::default(), " x ", "").await),
        "invalid"
    );
    assert_eq!(
        code(service::export(&clinic.tess_acts(), &VisitsWish::default(), "why not", "").await),
        "not_found"
    );
    let wish = VisitsWish {
        from: "2027-12-30".to_owned(),
        ..VisitsWish::default()
    };
    let audited = number(&clinic, "SELECT count(*) FROM kernel.audit_entry WHERE kind = 'export'").await;
    let text = whole(&lia, &wish).await;
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 1 + 49 * 24 + 1, "head and every hour, over several pieces");
    assert_eq!(
        lines[0],
        "\"Time\",\"Patient\",\"Therapist\",\"Kind of visit\",\"State\""
    );
    assert!(
        lines[1..].iter().all(|line| line.contains("\"'=HYPERLINK(\"\"x\"\")")),
        "{}",
        lines[1]
    );
    let after = number(&clinic, "SELECT count(*) FROM kernel.audit_entry WHERE kind = 'export'").await;
    assert_eq!(after - audited, 1 + 3, "the file, and the patient once for each piece");
    assert_eq!(
        number(
            &clinic,
            "SELECT count(*) FROM desk.export WHERE reason = 'monthly report'"
        )
        .await,
        1
    );
}
