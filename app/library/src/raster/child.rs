//! The child: a PDF on standard input, frames on standard output, nothing else.

use super::{
    encode, fit,
    frame::{Frame, PageFrame},
};
use crate::model::{DOCUMENT_BYTES, DOCUMENT_PAGES, Refusal, TALLEST, WIDTH, WIDTH_SMALL};
use hayro::{
    PixmapSettings, RenderCache, RenderSettings,
    hayro_interpret::InterpreterSettings,
    hayro_syntax::{LoadPdfError, Pdf, page::Page},
    render,
    vello_cpu::color::palette::css::WHITE,
};
use image::{DynamicImage, RgbaImage};
use rlimit::Resource;
use std::io::{self, Read, Write};

/// Address space: the program itself, a document of 100 MB, and the pixels of a page.
const MEMORY: u64 = 3 << 30;
/// Seconds of CPU for a whole document.
const CPU: u64 = 180;

/// Runs as the hidden sub-command `rasterise`. It must be the first thing the process does: limits apply to what comes
/// after them.
///
/// # Errors
/// When a limit cannot be set, or the parent is gone.
pub fn run_child() -> io::Result<()> {
    confine()?;
    let mut pdf = Vec::new();
    io::stdin().lock().take(DOCUMENT_BYTES + 1).read_to_end(&mut pdf)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    match rasterise(pdf, &mut |frame| send(&mut out, frame)) {
        Ok(()) => send(&mut out, &Frame::Done),
        Err(Stop::Refused(refusal)) => send(&mut out, &Frame::Refused(refusal)),
        Err(Stop::Broken(error)) => Err(error),
    }
}

/// No new file, socket, process or core dump; bounded memory and time.
fn confine() -> io::Result<()> {
    for (resource, limit) in [
        (Resource::AS, MEMORY),
        (Resource::CPU, CPU),
        (Resource::CORE, 0),
        (Resource::FSIZE, 0),
        // Standard input, output and error are open; a fourth descriptor does not exist.
        (Resource::NOFILE, 3),
        (Resource::NPROC, 0),
    ] {
        resource.set(limit, limit)?;
    }
    Ok(())
}

enum Stop {
    Refused(Refusal),
    Broken(io::Error),
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Broken(error)
    }
}

fn rasterise(pdf: Vec<u8>, send: &mut impl FnMut(&Frame) -> io::Result<()>) -> Result<(), Stop> {
    let pdf = Pdf::new(pdf).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refusal::Locked,
        LoadPdfError::Invalid => Refusal::Damaged,
    })?;
    let pages = pdf.pages();
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    match count {
        0 => return Err(Refusal::Damaged.into()),
        count if count > DOCUMENT_PAGES => return Err(Refusal::TooManyPages.into()),
        count => send(&Frame::Pages(count))?,
    }
    let (cache, settings) = (RenderCache::new(), InterpreterSettings::default());
    for (page, number) in pages.iter().zip(1..) {
        let full = draw(page, &cache, &settings).ok_or(Refusal::Damaged)?;
        let small = fit(&full, WIDTH_SMALL);
        let (full, small) = (encode(&full, true)?, encode(&small, false)?);
        send(&Frame::Page(PageFrame {
            page: number,
            width: full.width,
            height: full.height,
            full: full.webp,
            small: small.webp,
        }))?;
    }
    Ok(())
}

/// A page on white, as wide as a stage. `None` for a page without a size.
fn draw<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>, settings: &InterpreterSettings) -> Option<DynamicImage> {
    #[expect(clippy::cast_precision_loss, reason = "widths are far below 2^24")]
    let (wide, tall) = (WIDTH as f32, (WIDTH * TALLEST) as f32);
    let (width, height) = page.render_dimensions();
    if !(width >= 1.0 && height >= 1.0) {
        return None;
    }
    let scale = (wide / width).min(tall / height);
    if width * scale < 1.0 || height * scale < 1.0 {
        return None;
    }
    let pixels = PixmapSettings {
        x_scale: scale,
        y_scale: scale,
        bg_color: WHITE,
    };
    let pixmap = render(page, cache, settings, &RenderSettings::default(), &pixels);
    // On an opaque ground, premultiplied and plain colours are the same.
    let (width, height) = (u32::from(pixmap.width()), u32::from(pixmap.height()));
    RgbaImage::from_raw(width, height, pixmap.data_as_u8_slice().to_vec()).map(DynamicImage::ImageRgba8)
}

fn send(out: &mut impl Write, frame: &Frame) -> io::Result<()> {
    let bytes = postcard::to_stdvec(frame).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    out.write_all(&length.to_be_bytes())?;
    out.write_all(&bytes)?;
    out.flush()
}
