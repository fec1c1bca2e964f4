//! Content that outlives the question it came from.
//!
//! While a `Transition` loads anew, the old content stays on the page, but what it owns (signals, stored values, effects) is
//! ended as soon as the question is asked again. From then on the first closure of the old content that reads one of its own
//! signals stops the whole page. Content shown through [`Lasting`] owns itself, until other content stands in its place.

use leptos::{prelude::*, tachys::reactive_graph::OwnedView};

/// The place in which content is shown. Take it outside of the closure that runs again.
///
/// ```ignore
/// <Transition fallback>
///     {
///         let place = Lasting::here();
///         move || { let place = place.clone(); Suspend::new(async move { place.show(|| view(resource.await)) }) }
///     }
/// </Transition>
/// ```
#[derive(Debug, Clone)]
pub struct Lasting(Option<Owner>);

impl Lasting {
    pub fn here() -> Self {
        Self(Owner::current())
    }

    /// Makes content with an owner of its own; it ends with the content.
    pub fn show(&self, content: impl FnOnce() -> AnyView) -> AnyView {
        match &self.0 {
            Some(place) => {
                let owner = place.child();
                let view = owner.with(content);
                OwnedView::new_with_owner(view, owner).into_any()
            }
            None => content(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Lasting;
    use leptos::prelude::*;

    #[test]
    fn content_outlives_the_run_it_was_made_in_and_ends_with_itself() {
        let place = Owner::new();
        let lasting = place.with(Lasting::here);
        let run = place.with(Owner::new);
        let made = StoredSignal::default();
        let content = run.with(|| lasting.show(|| made.keep(RwSignal::new(7))));
        run.cleanup();
        assert_eq!(
            made.read(),
            Some(7),
            "the question was asked again, the old content is still shown"
        );
        drop(content);
        assert_eq!(made.read(), None, "other content took its place");
    }

    /// Lends the signal that the content owns to the test.
    #[derive(Default)]
    struct StoredSignal(std::cell::Cell<Option<RwSignal<u8>>>);

    impl StoredSignal {
        fn keep(&self, signal: RwSignal<u8>) -> AnyView {
            self.0.set(Some(signal));
            ().into_any()
        }

        fn read(&self) -> Option<u8> {
            self.0.get().and_then(|signal| signal.try_get_untracked())
        }
    }
}
