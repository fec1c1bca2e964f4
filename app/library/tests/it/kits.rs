//! The kit of a visit: prepared by its therapist, loaded by those in it.

use crate::clinic::{ANA, Clinic, LIA, TESS, THEO, noisy_png, patient};
use kernel::{VisitId, audit};
use library::{
    LibraryError,
    api::view::{PrepareView, RemoveAnswer},
    model::{ItemId, Kit},
    service::{
        kit_for_room, kits_ahead, message_for_room,
        prepare::{self, Change},
        shelf,
    },
};

const FILM: &[u8] = include_bytes!("../../assets/calm-sea.mp4");

async fn change(clinic: &Clinic, visit: VisitId, change: Change) -> Result<PrepareView, LibraryError> {
    prepare::change(&clinic.ctx(TESS), visit, change).await
}

fn order(view: &PrepareView) -> Vec<ItemId> {
    view.rows.iter().map(|row| row.item).collect()
}

async fn kit_of(clinic: &Clinic, who: u128, visit: VisitId) -> Kit {
    let ctx = clinic.ctx(who);
    let mut tx = ctx.db.begin(&ctx.actor).await.unwrap();
    kit_for_room(&mut tx, visit).await.unwrap()
}

#[tokio::test]
async fn a_kit_is_built_reordered_and_loaded_in_order() {
    let clinic = Clinic::start().await;
    let visit = clinic.visit(TESS, ANA, 24, "scheduled").await;
    let a = clinic.shelve(TESS, "a.png", &noisy_png(60, 40)).await;
    let b = clinic.shelve(TESS, "b.png", &noisy_png(50, 40)).await;
    let film = clinic.shelve(TESS, "sea.mp4", FILM).await;
    for item in [a, b, film] {
        change(&clinic, visit, Change::Add(item)).await.unwrap();
    }
    let view = change(&clinic, visit, Change::Move(film, 0)).await.unwrap();
    assert_eq!(order(&view), [film, a, b]);
    let view = change(&clinic, visit, Change::Remove(a)).await.unwrap();
    assert_eq!(order(&view), [film, b]);
    change(&clinic, visit, Change::WaitingVideo(Some(film))).await.unwrap();

    let kit = kit_of(&clinic, ANA, visit).await;
    assert_eq!(kit.items.iter().map(|item| item.item).collect::<Vec<_>>(), [film, b]);
    assert_eq!(kit.waiting_video.unwrap().assets[0].bytes, FILM.len() as u64);
    let asset = &kit.items[1].assets[0];
    assert_eq!(asset.path, format!("/media/{b}/full"));
    let answer = clinic.get(ANA, &asset.path, &[]).await;
    assert_eq!(answer.body.len() as u64, asset.bytes);
    assert_eq!(answer.header("etag"), format!("\"{}\"", asset.sha256));
}

#[tokio::test]
async fn a_message_is_sealed_and_read_by_who_waits() {
    let clinic = Clinic::start().await;
    let visit = clinic.visit(TESS, ANA, 24, "scheduled").await;
    change(&clinic, visit, Change::Message("  canary: bring a pencil  ".to_owned()))
        .await
        .unwrap();
    let stored: Vec<u8> = sqlx::query_scalar("SELECT message FROM library.kit")
        .fetch_one(&clinic.test.owner)
        .await
        .unwrap();
    assert!(!stored.windows(6).any(|window| window == b"canary"));
    let ctx = clinic.ctx(ANA);
    let mut tx = ctx.db.begin(&ctx.actor).await.unwrap();
    let message = message_for_room(&ctx.house, &mut tx, visit).await.unwrap().unwrap();
    assert_eq!(message.reveal(), "canary: bring a pencil");
    let too_long = change(&clinic, visit, Change::Message("x".repeat(301))).await;
    assert!(matches!(too_long, Err(LibraryError::Rule("too_long"))));
    let view = change(&clinic, visit, Change::Message(String::new())).await.unwrap();
    assert_eq!(view.message, "");
}

#[tokio::test]
async fn only_the_therapist_of_an_open_visit_changes_its_kit() {
    let clinic = Clinic::start().await;
    let visit = clinic.visit(TESS, ANA, 24, "scheduled").await;
    let over = clinic.visit(TESS, ANA, -24, "ended").await;
    let item = clinic.shelve(TESS, "a.png", &noisy_png(60, 40)).await;
    for stranger in [THEO, ANA, LIA] {
        let ctx = clinic.ctx(stranger);
        assert!(
            matches!(prepare::open(&ctx, visit).await, Err(LibraryError::NotFound)),
            "{stranger}"
        );
        let refused = prepare::change(&ctx, visit, Change::Add(item)).await;
        assert!(matches!(refused, Err(LibraryError::NotFound)), "{stranger}");
    }
    let late = change(&clinic, over, Change::Add(item)).await;
    assert!(matches!(late, Err(LibraryError::Rule("visit_over"))));
    assert!(!prepare::open(&clinic.ctx(TESS), over).await.unwrap().is_open);
}

#[tokio::test]
async fn only_own_and_checked_items_enter_a_kit() {
    let clinic = Clinic::start().await;
    let visit = clinic.visit(TESS, ANA, 24, "scheduled").await;
    let foreign = clinic.shelve(THEO, "a.png", &noisy_png(60, 40)).await;
    let unchecked = clinic.send(TESS, "b.png", &noisy_png(60, 40)).await;
    for item in [foreign, unchecked] {
        assert!(matches!(
            change(&clinic, visit, Change::Add(item)).await,
            Err(LibraryError::NotFound)
        ));
        let waiting = change(&clinic, visit, Change::WaitingVideo(Some(item))).await;
        assert!(matches!(waiting, Err(LibraryError::NotFound)));
    }
    clinic.work().await;
    let not_a_film = change(&clinic, visit, Change::WaitingVideo(Some(unchecked))).await;
    assert!(matches!(not_a_film, Err(LibraryError::Rule("not_a_video"))));
}

/// G30: deleting a file that a coming visit uses warns and names the visit; afterwards its row says what is missing.
#[tokio::test]
async fn deleting_a_used_item_names_the_visit_first() {
    let clinic = Clinic::start().await;
    let past = clinic.visit(TESS, ANA, -24, "scheduled").await;
    let visit = clinic.visit(TESS, ANA, 24, "scheduled").await;
    let item = clinic.shelve(TESS, "Colours.png", &noisy_png(60, 40)).await;
    change(&clinic, visit, Change::Add(item)).await.unwrap();
    change(&clinic, past, Change::Add(item)).await.unwrap();
    sqlx::query("UPDATE scheduling.visit SET state = 'ended' WHERE id = $1")
        .bind(past.uuid())
        .execute(&clinic.test.owner)
        .await
        .unwrap();

    let RemoveAnswer::UsedBy(uses) = shelf::remove(&clinic.ctx(TESS), item, false).await.unwrap() else {
        panic!("it was deleted without a warning");
    };
    assert_eq!(uses.len(), 1, "only the visit that is still to come");
    assert_eq!((uses[0].visit, uses[0].patient_name.as_str()), (visit, "Ana Example"));
    // 14:00 UTC a day later, as a therapist in New York reads it in winter.
    let tomorrow = (clinic.test.house.clock.now() + chrono::Duration::days(1))
        .format("%a %-d %b")
        .to_string();
    assert_eq!(
        (uses[0].when.day.as_str(), uses[0].when.clock.as_str()),
        (tomorrow.as_str(), "09:00")
    );
    assert_eq!(kit_of(&clinic, ANA, visit).await.items.len(), 1);

    assert_eq!(
        shelf::remove(&clinic.ctx(TESS), item, true).await.unwrap(),
        RemoveAnswer::Removed
    );
    clinic.work().await;
    assert_eq!(clinic.objects(), 0);
    assert!(kit_of(&clinic, ANA, visit).await.items.is_empty());
    let view = prepare::open(&clinic.ctx(TESS), visit).await.unwrap();
    assert_eq!((view.rows[0].name.as_str(), view.rows[0].kind), ("Colours", None));
    let view = change(&clinic, visit, Change::Remove(item)).await.unwrap();
    assert!(view.rows.is_empty());
}

#[tokio::test]
async fn an_unused_item_goes_at_once_and_a_stranger_deletes_nothing() {
    let clinic = Clinic::start().await;
    let item = clinic.shelve(TESS, "a.png", &noisy_png(60, 40)).await;
    for stranger in [THEO, ANA] {
        let refused = shelf::remove(&clinic.ctx(stranger), item, true).await;
        assert!(matches!(refused, Err(LibraryError::NotFound)));
    }
    assert_eq!(
        shelf::remove(&clinic.ctx(TESS), item, false).await.unwrap(),
        RemoveAnswer::Removed
    );
    assert!(shelf::list(&clinic.ctx(TESS)).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_item_is_renamed_by_its_owner_only() {
    let clinic = Clinic::start().await;
    let item = clinic.shelve(TESS, "a.png", &noisy_png(60, 40)).await;
    shelf::rename(&clinic.ctx(TESS), item, "  Colours ").await.unwrap();
    assert_eq!(shelf::list(&clinic.ctx(TESS)).await.unwrap()[0].name, "Colours");
    assert!(matches!(
        shelf::rename(&clinic.ctx(THEO), item, "Mine").await,
        Err(LibraryError::NotFound)
    ));
    for wrong in ["", "   ", &"x".repeat(121), "a\u{7}b"] {
        assert!(matches!(
            shelf::rename(&clinic.ctx(TESS), item, wrong).await,
            Err(LibraryError::Rule("name"))
        ));
    }
}

#[tokio::test]
async fn preparing_is_on_record_under_the_patient() {
    let clinic = Clinic::start().await;
    let visit = clinic.visit(TESS, ANA, 24, "scheduled").await;
    prepare::open(&clinic.ctx(TESS), visit).await.unwrap();
    change(&clinic, visit, Change::Message("hello".to_owned()))
        .await
        .unwrap();
    let seen: Vec<(String, String)> =
        sqlx::query_as("SELECT action, kind FROM kernel.audit_entry WHERE patient = $1 AND object = $2 ORDER BY seq")
            .bind(patient(ANA).uuid())
            .bind(visit.uuid())
            .fetch_all(&clinic.test.owner)
            .await
            .unwrap();
    let kit = |action: &str| (action.to_owned(), "kit".to_owned());
    assert_eq!(seen, [kit("read"), kit("changed")]);
    assert!(matches!(
        audit::verify(&clinic.test.owner).await.unwrap(),
        audit::Verdict::Holds(_)
    ));
}

#[tokio::test]
async fn the_day_says_how_far_each_kit_is() {
    let clinic = Clinic::start().await;
    let visit = clinic.visit(TESS, ANA, 3, "scheduled").await;
    let bare = clinic.visit(TESS, ANA, 5, "scheduled").await;
    let far = clinic.visit(TESS, ANA, 48, "scheduled").await;
    let a = clinic.shelve(TESS, "a.png", &noisy_png(60, 40)).await;
    let b = clinic.shelve(TESS, "b.png", &noisy_png(50, 40)).await;
    for item in [a, b] {
        change(&clinic, visit, Change::Add(item)).await.unwrap();
        change(&clinic, far, Change::Add(item)).await.unwrap();
    }
    let short = async || {
        let kits = kits_ahead(&clinic.ctx(TESS)).await.unwrap();
        kits.iter()
            .map(|kit| (kit.visit, kit.items, kit.ready))
            .collect::<Vec<_>>()
    };
    assert_eq!(short().await, [(visit, 2, 2), (bare, 0, 0)]);
    shelf::remove(&clinic.ctx(TESS), b, true).await.unwrap();
    assert_eq!(short().await, [(visit, 2, 1), (bare, 0, 0)], "a gap is not ready");
    assert_eq!(kits_ahead(&clinic.ctx(THEO)).await.unwrap(), []);
    for other in [ANA, LIA] {
        assert!(matches!(
            kits_ahead(&clinic.ctx(other)).await,
            Err(LibraryError::NotFound)
        ));
    }
}
