//! Content that is made anew when it stands for something else.
//!
//! A page that shows another thing of the same kind changes what is there in place, and a browser keeps what was typed in a field
//! whatever value the page gives it later. So words meant for one thing would stand in the form of the next, and a saved form
//! would never again show what the server holds.

use leptos::{
    prelude::*,
    tachys::{
        html::attribute::{Attribute, any_attribute::AnyAttribute},
        hydration::Cursor,
        renderer::types::{Element, Node},
        ssr::StreamBuilder,
        view::{Mountable, Position, PositionState, Render, RenderHtml, add_attr::AddAnyAttr},
    },
};

/// Shows `content`. With the same key as before it changes what is in the page; with another one nothing of the old content
/// stays, also nothing typed.
///
/// ```ignore
/// {anew(request.to_string(), view! { <Decide request/> }.into_any())}
/// ```
pub fn anew(key: impl Into<String>, content: AnyView) -> AnyView {
    let key = key.into();
    Anew { key, content }.into_any()
}

struct Anew {
    key: String,
    content: AnyView,
}

struct Shown {
    key: String,
    content: <AnyView as Render>::State,
}

impl Render for Anew {
    type State = Shown;

    fn build(self) -> Shown {
        Shown {
            key: self.key,
            content: self.content.build(),
        }
    }

    fn rebuild(self, shown: &mut Shown) {
        if self.key == shown.key {
            self.content.rebuild(&mut shown.content);
        } else {
            let mut fresh = self.build();
            shown.insert_before_this(&mut fresh);
            shown.unmount();
            *shown = fresh;
        }
    }
}

impl AddAnyAttr for Anew {
    type Output<A: Attribute> = <AnyView as AddAnyAttr>::Output<A>;

    fn add_any_attr<A: Attribute>(self, attribute: A) -> Self::Output<A>
    where
        Self::Output<A>: RenderHtml,
    {
        self.content.add_any_attr(attribute)
    }
}

/// On the server, and where the page takes over, it is its content.
impl RenderHtml for Anew {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = AnyView::MIN_LENGTH;

    fn dry_resolve(&mut self) {
        self.content.dry_resolve();
    }

    async fn resolve(self) -> Self {
        Self {
            key: self.key,
            content: self.content.resolve().await,
        }
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.content
            .to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buf: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.content
            .to_html_async_with_buf::<OUT_OF_ORDER>(buf, position, escape, mark_branches, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Shown {
        Shown {
            key: self.key,
            content: self.content.hydrate::<FROM_SERVER>(cursor, position),
        }
    }

    async fn hydrate_async(self, cursor: &Cursor, position: &PositionState) -> Shown {
        Shown {
            key: self.key,
            content: self.content.hydrate_async(cursor, position).await,
        }
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl Mountable for Shown {
    fn unmount(&mut self) {
        self.content.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.content.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.content.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.content.elements()
    }
}
