//! Prints the body of `/kit` as a browser first gets it, for a look at the kit without a server.
#![expect(clippy::print_stdout, reason = "this is what the example is for")]

use leptos::prelude::*;

fn main() {
    println!("{}", Owner::new().with(|| view! { <kit::ui::KitPage/> }.to_html()));
}
