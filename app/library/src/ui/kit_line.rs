//! How far the kit of a visit is, in a row of the therapist's day.

use crate::api::view::KitInShort;
use kernel::{ApiError, VisitId};
use leptos::prelude::*;

/// Nothing while it is not known: a line never promises what nobody checked.
#[component]
pub fn KitLine(kits: Resource<Result<Vec<KitInShort>, ApiError>>, visit: VisitId) -> impl IntoView {
    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                let kits = kits.await.unwrap_or_default();
                kits.iter()
                    .find(|kit| kit.visit == visit)
                    .map(|kit| view! { <span class="fine kit-state">{words(kit)}</span> })
            })}
        </Transition>
    }
}

fn words(kit: &KitInShort) -> String {
    match (kit.items, kit.ready) {
        (0, _) => "No kit".to_owned(),
        (1, 1) => "Kit ready, 1 item".to_owned(),
        (items, ready) if items == ready => format!("Kit ready, {items} items"),
        (items, ready) => format!("Kit: {ready} of {items} ready"),
    }
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::api::view::KitInShort;
    use kernel::VisitId;
    use uuid::Uuid;

    #[test]
    fn a_kit_is_ready_only_as_a_whole() {
        let said = |items, ready| {
            words(&KitInShort {
                visit: VisitId::new(Uuid::from_u128(1)),
                items,
                ready,
            })
        };
        assert_eq!(said(0, 0), "No kit");
        assert_eq!(said(1, 1), "Kit ready, 1 item");
        assert_eq!(said(5, 5), "Kit ready, 5 items");
        assert_eq!(said(5, 3), "Kit: 3 of 5 ready");
        assert_eq!(said(1, 0), "Kit: 0 of 1 ready");
    }
}
