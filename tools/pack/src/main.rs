//! `pack INPUT FOLDER NAME`: makes of the compiled browser half what a browser loads.
//!
//! INPUT is the WebAssembly that rustc wrote, linked with `--emit-relocs`. FOLDER gets `NAME.wasm` (the first download),
//! one file per lazily loaded piece, the JavaScript that loads them, and the list of pieces per split point, from which
//! Leptos tells the browser early what a page will need.

mod names;

use anyhow::{Context as _, Result, anyhow, bail};
use std::{
    env, fs,
    path::{Path, PathBuf},
};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support::{Options, transform};

/// Names that Leptos looks for beside the main module.
const LOADER: &str = "./__wasm_split.______________________.js";
const MANIFEST: &str = "__wasm_split_manifest.json";

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [input, folder, name] = arguments.as_slice() else {
        bail!("usage: pack INPUT FOLDER NAME");
    };
    let (input, folder) = (PathBuf::from(input), Path::new(folder));
    fs::create_dir_all(folder)?;
    let main = input.with_file_name(format!("{name}_main.wasm"));
    split(&input, &main, folder, name)?;
    bind(&main, folder, name)
}

/// Writes the pieces into `folder`, and the rest, which still has to be bound, to `main`.
fn split(input: &Path, main: &Path, folder: &Path, name: &str) -> Result<()> {
    let wasm = fs::read(input).with_context(|| input.display().to_string())?;
    let script = format!("./{name}.js");
    let mut options = Options::new(&wasm);
    options.output_dir = folder;
    options.main_out_path = main;
    options.main_module = &script;
    options.link_name = LOADER;
    let pieces = transform(options).map_err(|error| anyhow!("{error:?}"))?;
    fs::write(folder.join(MANIFEST), serde_json::to_vec(&pieces.prefetch_map)?)?;
    Ok(())
}

fn bind(main: &Path, folder: &Path, name: &str) -> Result<()> {
    let mut bound = Bindgen::new()
        .input_path(main)
        .out_name(name)
        .web(true)?
        // The pieces link to these by name.
        .keep_lld_exports(true)
        .demangle(false)
        .typescript(false)
        .generate_output()?;
    let renamed = names::shorten(&mut bound, &format!("./{name}_bg.js"));
    bound.emit(folder)?;
    let script = folder.join(format!("{name}.js"));
    fs::write(&script, renamed.apply(&fs::read_to_string(&script)?)?)?;
    // Leptos asks for NAME.wasm.
    fs::rename(folder.join(format!("{name}_bg.wasm")), folder.join(format!("{name}.wasm")))?;
    Ok(())
}
