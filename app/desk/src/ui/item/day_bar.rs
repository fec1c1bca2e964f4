//! The therapist's day around a request: a bar for the eye, a list for everybody.

use super::day::{self, Span};
use leptos::prelude::*;
use scheduling::api::view::DayBlock;

#[component]
pub fn DayBar(blocks: Vec<DayBlock>) -> impl IntoView {
    let span = Span::around(&blocks);
    let lines = span
        .hours()
        .map(|minute| view! { <line x1=minute.to_string() x2=minute.to_string() y1="0" y2="48"/> })
        .collect_view();
    let rects = day::painted(&blocks)
        .into_iter()
        .map(|block| {
            let width = block.until_minute.saturating_sub(block.from_minute);
            view! {
                <rect data-kind=day::drawn(block) x=block.from_minute.to_string() y="8" width=width.to_string() height="32"/>
            }
        })
        .collect_view();
    let closed = day::closed(span, &blocks)
        .into_iter()
        .map(|(from, until)| {
            view! { <rect data-kind="off" x=from.to_string() y="0" width=(until - from).to_string() height="48"/> }
        })
        .collect_view();
    let hours = span
        .hours()
        .map(|minute| view! { <span>{day::clock(minute)}</span> })
        .collect_view();
    let list = day::told(&blocks)
        .into_iter()
        .map(|block| {
            view! {
                <li>
                    <span>{block.from.clone()} " to " {block.until.clone()}</span>
                    <span>{day::label(block)}</span>
                    {block.clash.then(|| view! { <span class="strong">"lies across it"</span> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <div>
            <div class="day-hours" aria-hidden="true">{hours}</div>
            <svg class="day-bar" viewBox=span.view_box() preserveAspectRatio="none" aria-hidden="true" focusable="false">
                {closed}
                {lines}
                {rects}
            </svg>
        </div>
        <ul class="day-list">{list}</ul>
    }
}
