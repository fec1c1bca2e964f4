//! One of a few, all in view.

use leptos::prelude::*;

use super::notes::{Ids, Notes};
use crate::show::Icon;

/// How the choices lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ChoiceLayout {
    /// One under the other.
    #[default]
    Rows,
    /// Beside each other while there is room.
    Line,
    /// Boxes of equal size, for choices with a hint.
    Cards,
    /// An icon above a word, at least 60 px: feelings, a child's choices.
    Faces,
}

impl ChoiceLayout {
    const fn name(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Line => "line",
            Self::Cards => "cards",
            Self::Faces => "faces",
        }
    }
}

/// One choice of a `RadioGroup`.
#[derive(Debug, Clone, Default)]
pub struct Choice {
    value: String,
    label: String,
    hint: Option<String>,
    icon: Option<&'static str>,
    off: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            ..Self::default()
        }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    #[must_use]
    pub const fn icon(mut self, icon: &'static str) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Shown but not to be chosen; the hint says why.
    #[must_use]
    pub fn off(mut self, reason: impl Into<String>) -> Self {
        self.off = true;
        self.hint(reason)
    }
}

/// A group of radio buttons with its question as legend.
///
/// ```ignore
/// <RadioGroup name="patient" legend="For" value=me layout=ChoiceLayout::Line
///     options=vec![Choice::new(me, "Me"), Choice::new(bo, "Bo")]/>
/// ```
#[component]
pub fn RadioGroup(
    #[prop(into)] name: String,
    #[prop(into)] legend: String,
    options: Vec<Choice>,
    #[prop(optional, into)] value: String,
    #[prop(optional)] layout: ChoiceLayout,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional)] required: bool,
    #[prop(optional)] legend_hidden: bool,
    #[prop(optional, into)] on_change: Option<Callback<String>>,
) -> impl IntoView {
    let ids = Ids::new(None, &name);
    let described = {
        let (ids, has_hint) = (ids.clone(), hint.is_some());
        move || ids.described_by(has_hint, error.with(Option::is_some))
    };
    // The first choice carries the group's id: a link of the error summary then leads to something that takes focus.
    let choices = options
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let id = if index == 0 {
                ids.control.clone()
            } else {
                format!("{}-{index}", ids.control)
            };
            let Choice {
                value: key,
                label,
                hint,
                icon,
                off,
            } = choice;
            view! {
                <label class="choice">
                    <input
                        id=id
                        type="radio"
                        name=name.clone()
                        checked=key == value
                        value=key
                        required=required
                        disabled=off
                        on:change=move |event| {
                            if let Some(on_change) = on_change {
                                on_change.run(event_target_value(&event));
                            }
                        }
                    />
                    {icon.map(|name| view! { <Icon name/> })}
                    <span class="choice-word">{label}</span>
                    {hint.map(|hint| view! { <span class="choice-hint">{hint}</span> })}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" data-choices=layout.name() data-required=required aria-describedby=described>
            <legend class="field-label" class:visually-hidden=legend_hidden>{legend}</legend>
            <div class="choices">{choices}</div>
            <Notes ids hint error/>
        </fieldset>
    }
}
