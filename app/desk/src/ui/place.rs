//! Where a liaison is in the queue: filters and item, as the address has them. Back, reload and a decision keep the place.

use crate::model::ItemId;
use leptos_router::params::ParamsMap;
use scheduling::ui::parts::with_query;

/// The filters of the queue, from the address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    pub kind: String,
    pub owner: String,
    pub age: String,
}

impl List {
    pub fn read(query: &ParamsMap) -> Self {
        let text = |name: &str| query.get_str(name).unwrap_or_default().to_owned();
        Self {
            kind: text("kind"),
            owner: text("owner"),
            age: text("age"),
        }
    }

    pub fn is_narrow(&self) -> bool {
        *self != Self::default()
    }

    fn pairs(&self) -> [(&'static str, String); 3] {
        [
            ("kind", self.kind.clone()),
            ("owner", self.owner.clone()),
            ("age", self.age.clone()),
        ]
    }

    /// The list itself, or the page after a place in it.
    pub fn page(&self, after: &str) -> String {
        let [kind, owner, age] = self.pairs();
        with_query("/desk", &[kind, owner, age, ("after", after.to_owned())])
    }

    pub fn item(&self, item: ItemId) -> String {
        with_query(&format!("/desk/queue/{item}"), &self.pairs())
    }

    /// The item, or the list when there is none.
    pub fn item_or_list(&self, item: Option<ItemId>) -> String {
        item.map_or_else(|| self.page(""), |item| self.item(item))
    }
}

#[cfg(test)]
mod tests {
    use super::List;
    use crate::model::{ItemId, Kind};
    use uuid::Uuid;

    #[test]
    fn an_item_is_opened_with_the_filters_of_its_list() {
        let list = List {
            kind: "request".to_owned(),
            owner: "me".to_owned(),
            age: "a b".to_owned(),
        };
        let item = ItemId {
            kind: Kind::Confirm,
            id: Uuid::nil(),
        };
        assert_eq!(
            list.item(item),
            "/desk/queue/confirm-00000000-0000-0000-0000-000000000000?kind=request&owner=me"
        );
        assert_eq!(list.item_or_list(None), "/desk?kind=request&owner=me");
    }
}
