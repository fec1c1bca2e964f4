//! PDFs become pictures of their pages in a confined process; a malicious one hurts nobody.

use crate::clinic::{Clinic, TESS, rasteriser};
use axum::http::StatusCode;
use bytes::Bytes;
use library::{
    model::{ItemState, Refusal},
    raster::{RasterError, Rasteriser},
    service::shelf,
};
use std::{fmt::Write, path::PathBuf};

/// A PDF with so many pages, each with that content.
fn pdf(pages: usize, content: &str) -> Vec<u8> {
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned(), String::new()];
    let mut kids = String::new();
    for _ in 0..pages {
        let number = objects.len() + 1;
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << >> /Contents {} 0 R >>",
            number + 1
        );
        objects.push(page);
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
        write!(kids, "{number} 0 R ").unwrap();
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {pages} >>");
    let (mut file, mut table) = ("%PDF-1.4\n".to_owned(), "0000000000 65535 f \n".to_owned());
    for (number, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        write!(file, "{} 0 obj\n{object}\nendobj\n", number + 1).unwrap();
    }
    let (start, count) = (file.len(), objects.len() + 1);
    write!(
        file,
        "xref\n0 {count}\n{table}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    file.into_bytes()
}

async fn refusal(pdf: Vec<u8>) -> Option<Refusal> {
    let mut sheet = match rasteriser().open(Bytes::from(pdf)).await {
        Ok(sheet) => sheet,
        Err(RasterError::Refused(refusal)) => return Some(refusal),
        Err(RasterError::Fault(fault)) => panic!("{fault}"),
    };
    loop {
        match sheet.next().await {
            Ok(Some(_)) => {}
            Ok(None) => return None,
            Err(RasterError::Refused(refusal)) => return Some(refusal),
            Err(RasterError::Fault(fault)) => panic!("{fault}"),
        }
    }
}

#[tokio::test]
async fn pages_become_pictures_in_two_widths() {
    let clinic = Clinic::start().await;
    // A red box in the lower left quarter.
    let item = clinic
        .shelve(TESS, "My week.pdf", &pdf(3, "1 0 0 rg 0 0 306 396 re f"))
        .await;
    let view = shelf::list(&clinic.ctx(TESS)).await.unwrap().remove(0);
    assert_eq!(
        (view.state, view.pages, view.width, view.height),
        (ItemState::Ready, 3, 1600, 2070)
    );
    for page in 1..=3 {
        let answer = clinic.get(TESS, &format!("/media/{item}/p{page}"), &[]).await;
        let picture = image::load_from_memory(&answer.body).unwrap().to_rgb8();
        let (red, white) = (picture.get_pixel(100, 2000), picture.get_pixel(1500, 100));
        assert!(red[0] > 230 && red[1] < 40, "{red:?}");
        assert!(white.0.iter().all(|part| *part > 245), "{white:?}");
        let small = clinic.get(TESS, &format!("/media/{item}/p{page}-small"), &[]).await;
        assert_eq!(image::load_from_memory(&small.body).unwrap().width(), 480);
    }
    assert_eq!(
        clinic.get(TESS, &format!("/media/{item}/p4"), &[]).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn too_many_pages_are_counted_before_one_is_drawn() {
    assert_eq!(refusal(pdf(201, "")).await, Some(Refusal::TooManyPages));
}

#[tokio::test]
async fn garbage_behind_the_magic_bytes_is_damaged() {
    assert_eq!(
        refusal(b"%PDF-1.7\nnothing of the kind".to_vec()).await,
        Some(Refusal::Damaged)
    );
    assert_eq!(
        refusal(b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 1 0 R >> endobj trailer << /Root 1 0 R >>".to_vec()).await,
        Some(Refusal::Damaged)
    );
    assert_eq!(refusal(pdf(0, "")).await, Some(Refusal::Damaged));
}

#[tokio::test]
async fn a_page_without_an_area_is_damaged() {
    let flat = String::from_utf8(pdf(1, ""))
        .unwrap()
        .replace("[0 0 612 792]", "[0 0 0 0    ]");
    // Some readers fall back to a default size; either way nothing may break.
    assert!(matches!(
        refusal(flat.into_bytes()).await,
        None | Some(Refusal::Damaged)
    ));
}

#[tokio::test]
async fn endless_nesting_ends() {
    let deep = "q ".repeat(200_000) + &"[".repeat(100_000);
    assert!(matches!(refusal(pdf(1, &deep)).await, None | Some(Refusal::Damaged)));
}

#[tokio::test]
async fn a_child_that_lies_or_dies_is_a_damaged_document() {
    for program in ["/bin/true", "/bin/cat"] {
        // One says nothing and ends; the other sends the document back as if it were frames.
        let opened = Rasteriser::program(PathBuf::from(program))
            .open(Bytes::from(pdf(1, "")))
            .await;
        assert!(
            matches!(opened, Err(RasterError::Refused(Refusal::Damaged))),
            "{program}"
        );
    }
    let missing = Rasteriser::program(PathBuf::from("/nowhere/rasterise"))
        .open(Bytes::new())
        .await;
    assert!(
        matches!(missing, Err(RasterError::Fault(_))),
        "a fault of ours is not the document's"
    );
}

/// What the child may not do, asked of the kernel: it holds three descriptors, no memory beyond its limit, no environment.
#[tokio::test]
async fn the_child_is_confined() {
    use tokio::{io::AsyncReadExt, process::Command};
    let mut child = Command::new(env!("CARGO_BIN_EXE_rasterise"))
        .env_clear()
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let limits = format!("/proc/{}/limits", child.id().unwrap());
    // It waits for its input: by the time the limits are set it stands still.
    let mut text = String::new();
    for _ in 0..100 {
        text = std::fs::read_to_string(&limits).unwrap();
        if text
            .lines()
            .any(|line| line.starts_with("Max open files") && line.contains(" 3 "))
        {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let limit = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap();
        line[name.len()..].split_whitespace().next().unwrap().to_owned()
    };
    assert_eq!(limit("Max open files"), "3");
    assert_eq!(limit("Max file size"), "0");
    assert_eq!(limit("Max processes"), "0");
    assert_eq!(limit("Max core file size"), "0");
    assert_eq!(limit("Max cpu time"), "180");
    assert_eq!(limit("Max address space"), (3_u64 << 30).to_string());
    let environment = std::fs::read(format!("/proc/{}/environ", child.id().unwrap())).unwrap();
    assert!(environment.is_empty());
    drop(child.stdin.take());
    let mut out = Vec::new();
    child.stdout.take().unwrap().read_to_end(&mut out).await.unwrap();
    assert!(child.wait().await.unwrap().success());
}
