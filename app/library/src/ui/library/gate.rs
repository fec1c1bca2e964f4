//! The way in: the button, the drop area over the page, and the tray.

use super::{
    desk::Desk,
    tray::{Act, Line, Outcome},
};
use kit::prelude::*;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, FileList, HtmlInputElement};

/// What the browser's own dialog offers. The server decides by the bytes.
const ACCEPT: &str = "image/jpeg,image/png,image/webp,application/pdf,video/mp4,video/webm";

fn files_of(list: Option<FileList>) -> Vec<web_sys::File> {
    list.map(|list| (0..list.length()).filter_map(|at| list.get(at)).collect())
        .unwrap_or_default()
}

/// The page's one accent action: a label that opens the browser's file dialog.
#[component]
pub fn UploadButton(desk: Desk) -> impl IntoView {
    let hydrated = use_hydrated();
    let choose = move |event: leptos::ev::Event| {
        let input: Option<HtmlInputElement> = event.target().and_then(|target| target.dyn_into().ok());
        if let Some(input) = input {
            desk.add_files(files_of(input.files()));
            // The same file may be chosen again, to go on with it.
            input.set_value("");
        }
    };
    view! {
        <span class="file-button">
            <input
                id="f-files"
                class="visually-hidden"
                type="file"
                multiple
                accept=ACCEPT
                disabled=move || !hydrated.get()
                on:change=choose
            />
            <label class="button" data-kind="primary" for="f-files">
                <Icon name="upload"/><span class="button-word">"Upload"</span>
            </label>
        </span>
    }
}

/// Drop files here, and see what becomes of them.
#[component]
pub fn TrayView(desk: Desk) -> impl IntoView {
    let over = RwSignal::new(false);
    let drag = move |event: DragEvent| {
        event.prevent_default();
        over.set(true);
    };
    let drop_files = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        desk.add_files(files_of(event.data_transfer().and_then(|data| data.files())));
    };
    let lines = Memo::new(move |_| desk.lines());
    view! {
        <section
            class="drop"
            aria-label="Uploads"
            data-over=move || over.get().then_some("")
            on:dragover=drag
            on:dragleave=move |_| over.set(false)
            on:drop=drop_files
        >
            <div class="cluster">
                <Icon name="upload"/>
                <p class="fine line-main">
                    "Drop files here: JPEG, PNG or WebP up to 40 MB, PDF up to 100 MB and 200 pages, MP4 or WebM up to 500 MB."
                </p>
            </div>
            <Show when=move || lines.with(|lines| !lines.is_empty())>
                <ul class="tray">
                    <For each=move || lines.get() key=Line::key let:line>
                        <TrayLine desk lines key=line.key()/>
                    </For>
                </ul>
            </Show>
            <p class="visually-hidden" role="status">{move || lines.with(|lines| summary(lines))}</p>
        </section>
    }
}

/// For a screen reader: news only, not every percent.
fn summary(lines: &[Line]) -> String {
    let count = |tone| lines.iter().filter(|line| line.tone == tone).count();
    let (open, done, not_taken) = (count(Outcome::Open), count(Outcome::Done), count(Outcome::NotTaken));
    if lines.is_empty() {
        return String::new();
    }
    format!("Uploads: {open} on the way, {done} done, {not_taken} not taken.")
}

#[component]
fn TrayLine(desk: Desk, lines: Memo<Vec<Line>>, key: String) -> impl IntoView {
    let line = Memo::new(move |_| lines.with(|lines| lines.iter().find(|line| line.key() == key).cloned()));
    let name = line.with_untracked(|line| line.as_ref().map(|line| line.name.clone()).unwrap_or_default());
    let of = move |read: fn(&Line) -> bool| line.with(|line| line.as_ref().is_some_and(read));
    let words = move || line.with(|line| line.as_ref().map(|line| line.words.clone()).unwrap_or_default());
    let percent = Memo::new(move |_| line.with(|line| line.as_ref().and_then(|line| line.percent)));
    let tone = move || {
        line.with(|line| match line.as_ref().map(|line| line.tone) {
            Some(Outcome::Done) => Some((Tone::Good, "Done")),
            Some(Outcome::NotTaken) => Some((Tone::Bad, "Not taken")),
            _ => None,
        })
    };
    let local = move || line.with_untracked(|line| line.as_ref().and_then(|line| line.local));
    let (pause_label, go_on_label, remove_label) = (
        format!("Pause {name}"),
        format!("Go on with {name}"),
        format!("Take {name} off the list"),
    );
    let spoken = name.clone();
    view! {
        <li>
            <span class="cluster">
                <span class="strong">{name}</span>
                {move || tone().map(|(tone, text)| view! { <StateChip tone text/> })}
            </span>
            <span class="cluster">
                <Show when=move || of(|line| line.act == Act::Pause)>
                    <IconButton icon="pause" label=pause_label.clone() size=ButtonSize::Small
                        on_press=move || { if let Some(key) = local() { desk.pause(key) } }/>
                </Show>
                <Show when=move || of(|line| line.act == Act::GoOn)>
                    <Button icon="play" size=ButtonSize::Small label=go_on_label.clone()
                        on_press=move || { if let Some(key) = local() { desk.go_on(key) } }>"Go on"</Button>
                </Show>
                <Show when=move || of(|line| line.removable)>
                    <IconButton icon="x" label=remove_label.clone() size=ButtonSize::Small
                        on_press=move || { if let Some(line) = line.get_untracked() { desk.dismiss(&line) } }/>
                </Show>
            </span>
            <Show when=move || percent.get().is_some()>
                <Progress label=spoken.clone() label_hidden=true
                    value=move || f64::from(percent.get().unwrap_or(0)) text=move || Some(words())/>
            </Show>
            <Show when=move || percent.get().is_none() && !of(|line| line.tone == Outcome::Done)>
                <span class="fine">{words}</span>
            </Show>
        </li>
    }
}
