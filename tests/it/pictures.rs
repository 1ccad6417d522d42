//! Pictures of the record as they are in the documents, read back with other people's readers.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use tempfile::TempDir;

use crate::support::program::{folder, resume_in};
use crate::support::readers::inspector;

/// The content of metadata in these tests.
const NOTE: &[u8] = b"Somewhere 37.5665 N";

/// A picture whose top left corner is green.
fn picture(width: u32, height: u32) -> DynamicImage {
    let green = |x, y| x < width / 4 && y < height / 4;
    RgbImage::from_fn(width, height, |x, y| match green(x, y) {
        true => Rgb([0, 200, 0]),
        false => Rgb([200, (x % 256) as u8 / 2, (y % 256) as u8 / 2]),
    })
    .into()
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    match format {
        ImageFormat::Jpeg => {
            picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 97))
        }
        _ => picture.write_to(&mut bytes, format),
    }
    .expect("encoded");
    bytes.into_inner()
}

/// A segment of a JPEG.
fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("short").to_be_bytes();
    [&[0xFF, marker], length.as_slice(), content].concat()
}

/// A photo as a telephone saves it: rotated by EXIF, with a location, a comment and a second
/// picture.
fn photo(width: u32, height: u32, orientation: u8) -> Vec<u8> {
    let plain = encoded(&picture(width, height), ImageFormat::Jpeg);
    let head: &[u8] = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0";
    let exif = [head, [orientation].as_slice(), b"\0\0\0\0\0\0", NOTE].concat();
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), NOTE].concat();
    let notes = [segment(0xE1, &exif), segment(0xE1, &xmp), segment(0xFE, NOTE)].concat();
    [&plain[..2], &notes, &plain[2..], b"\xFF\xD8", NOTE, b"\xFF\xD9"].concat()
}

/// A record with a photo of this name.
fn record(name: &str, bytes: &[u8]) -> TempDir {
    let yaml = format!(
        "site: {{date: 2024-11-08, languages: [en]}}\n\
         profile: {{name: Name Surname, photo: {{file: {name}, alt: A portrait}}}}\n\
         skills: [{{name: Group, skills: [Skill]}}]\n"
    );
    let folder = folder(&[("data/resume.yaml", &yaml)]);
    fs::write(folder.path().join("data").join(name), bytes).expect("written");
    folder
}

fn render(folder: &Path, file: &str) -> Vec<u8> {
    let kind = file.rsplit('.').next().expect("an ending");
    let words = ["render", "--format", "one-page", "--as", kind, "--output", file];
    resume_in(folder, words, &[]).exits(0);
    fs::read(folder.join(file)).expect("written")
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Width, height, and pixels to the inch in both directions of each picture of a PDF.
fn listed(file: &Path) -> Vec<[u32; 4]> {
    let list = inspector("pdfimages", &["-list"], file);
    let rows = list.lines().skip(2).map(|line| {
        let cells: Vec<&str> = line.split_whitespace().collect();
        [3, 4, 12, 13].map(|at| cells[at].parse().expect("a number"))
    });
    rows.collect()
}

/// A page of a document, drawn by another program.
fn drawn(pdf: &Path) -> RgbImage {
    let words = ["-png", "-r", "100", "-singlefile"];
    let mut command = Command::new("pdftoppm");
    let status = command.args(words).arg(pdf).arg(pdf.with_extension("")).status();
    assert!(status.expect("poppler is installed").success());
    image::open(pdf.with_extension("png")).expect("a picture").into_rgb8()
}

/// Where pixels of a colour are: the middle of all of them.
fn middle(page: &RgbImage, like: impl Fn(&Rgb<u8>) -> bool) -> (u32, u32) {
    let found: Vec<(u32, u32)> =
        page.enumerate_pixels().filter(|(.., pixel)| like(pixel)).map(|(x, y, _)| (x, y)).collect();
    assert!(!found.is_empty(), "no such colour on the page");
    let count = found.len() as u32;
    (
        found.iter().map(|at| at.0).sum::<u32>() / count,
        found.iter().map(|at| at.1).sum::<u32>() / count,
    )
}

fn green(pixel: &Rgb<u8>) -> bool {
    pixel[1] > 150 && pixel[0] < 90 && pixel[2] < 90
}

fn red(pixel: &Rgb<u8>) -> bool {
    pixel[0] > 150 && pixel[1] < 150 && pixel[2] < 150
}

#[test]
#[ignore = "needs poppler"]
fn a_photo_is_printed_without_metadata_and_at_most_at_300_dpi() {
    // Where the green corner is, seen from the middle of the rest: right, down.
    for (orientation, right, down) in
        [(1, false, false), (3, true, true), (6, true, false), (8, false, true)]
    {
        let photo = photo(1600, 1200, orientation);
        assert!(holds(&photo, NOTE));
        let folder = record("photo.jpg", &photo);
        let pdf = render(folder.path(), "a.pdf");
        assert_eq!(pdf, render(folder.path(), "b.pdf"), "the same bytes every time");
        assert!(!holds(&pdf, NOTE) && pdf.len() < photo.len() / 2, "{} bytes", pdf.len());
        let svg = String::from_utf8(render(folder.path(), "a.svg")).expect("UTF-8");
        let (_, jpeg) = svg.split_once("data:image/jpeg;base64,").expect("the photo");
        let (jpeg, _) = jpeg.split_once('"').expect("its end");
        assert!(jpeg.len() < photo.len() / 2 && !jpeg.contains("RXhpZg"), "{}", jpeg.len());
        let file = folder.path().join("a.pdf");
        let listed = listed(&file);
        let [[width, height, x, y]] = listed.as_slice() else { panic!("{listed:?}") };
        assert!((295..=300).contains(x) && (295..=300).contains(y), "{listed:?}");
        assert_eq!(width < height, orientation >= 5);
        let page = drawn(&file);
        let (corner, rest) = (middle(&page, green), middle(&page, red));
        assert_eq!((corner.0 > rest.0, corner.1 > rest.1), (right, down), "{orientation}");
    }
}

#[test]
fn a_small_clean_photo_is_printed_as_it_is() {
    let photo = encoded(&picture(240, 240), ImageFormat::Jpeg);
    let pdf = render(record("photo.jpg", &photo).path(), "a.pdf");
    assert!(holds(&pdf, &photo));
}

#[test]
#[ignore = "needs poppler"]
fn other_kinds_of_pictures_lose_pixels_that_do_not_print_and_keep_their_opacity() {
    let clear = RgbaImage::from_fn(900, 900, |x, _| match x < 450 {
        true => Rgba([0, 0, 0, 0]),
        false => Rgba([200, 20, 20, 255]),
    });
    for (name, format) in
        [("a.png", ImageFormat::Png), ("a.gif", ImageFormat::Gif), ("a.webp", ImageFormat::WebP)]
    {
        let folder = record(name, &encoded(&clear.clone().into(), format));
        render(folder.path(), "a.pdf");
        let file = folder.path().join("a.pdf");
        let listed = listed(&file);
        assert!(listed.iter().all(|[.., x, y]| *x <= 300 && *y <= 300), "{name} {listed:?}");
        assert_eq!(listed.len(), 2, "{name}: the picture and its opacity");
        let page = drawn(&file);
        let dark = page.pixels().filter(|p| p[0] > 60 && p[0] < 190 && p[1] < 40).count();
        assert_eq!(dark, 0, "{name}: the clear half darkens the edge");
        assert!(page.pixels().any(red), "{name}");
    }
}

#[test]
#[ignore = "needs poppler"]
fn a_tall_picture_in_a_table_leaves_room_for_the_header() {
    let folder = record("tall.png", &encoded(&picture(60, 3000), ImageFormat::Png));
    let file = folder.path().join("data/resume.yaml");
    let cover = "cover: |\n  | A | B |\n  |---|---|\n  | ![Tall](tall.png) | x |\n";
    fs::write(&file, fs::read_to_string(&file).expect("read") + cover).expect("written");
    let words = ["render", "--format", "full", "--output", "a.pdf"];
    resume_in(folder.path(), words, &[]).exits(0);
    let inches =
        listed(&folder.path().join("a.pdf")).into_iter().map(|it| it[1] as f32 / it[3] as f32);
    let tallest = inches.fold(0.0, f32::max);
    assert!((6.5..7.1).contains(&tallest), "{tallest} in");
}

#[test]
fn metadata_of_every_kind_of_picture_is_removed() {
    let small = picture(60, 60);
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 60, 60);
    encoder.set_color(png::ColorType::Rgb);
    encoder
        .add_text_chunk("Comment".to_owned(), String::from_utf8(NOTE.to_vec()).unwrap())
        .unwrap();
    encoder.write_header().unwrap().write_image_data(small.as_bytes()).unwrap();
    let gif = encoded(&small, ImageFormat::Gif);
    let note = [b"\x21\xFE".as_slice(), &[NOTE.len() as u8], NOTE, b"\0"].concat();
    // Before the first block, which follows a table of colours.
    let at = gif.windows(2).position(|pair| pair == [0x21, 0xF9]).expect("a control block");
    let gif = [&gif[..at], &note, &gif[at..]].concat();
    let mut webp = Vec::new();
    let mut encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut webp);
    image::ImageEncoder::set_exif_metadata(&mut encoder, NOTE.to_vec()).unwrap();
    small.write_with_encoder(encoder).unwrap();
    for (name, bytes) in [("a.png", png), ("a.gif", gif), ("a.webp", webp)] {
        assert!(holds(&bytes, NOTE), "{name}");
        let folder = record(name, &bytes);
        let words = ["export", "typst", "--format", "one-page", "project"];
        resume_in(folder.path(), words, &[]).exits(0);
        let handed_out = fs::read(folder.path().join("project/data").join(name)).expect("written");
        assert!(!holds(&handed_out, NOTE), "{name}");
        let clean = image::load_from_memory(&handed_out).expect("a picture").into_rgb8();
        let own = image::load_from_memory(&bytes).expect("a picture").into_rgb8();
        assert!(clean == own, "{name}: the same pixels");
        assert!(!holds(&render(folder.path(), "a.pdf"), NOTE));
    }
}

/// A CMYK picture, made by hand: eight by eight pixels of one colour, as Adobe's programs write it.
fn inks() -> Vec<u8> {
    let header = [8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0];
    // One code of one bit for each table: no difference from grey (DC), end of block (AC).
    let table = |class| [&[class, 1][..], &[0; 15], &[0]].concat();
    [
        b"\xFF\xD8".to_vec(),
        segment(0xEE, b"Adobe\0\x64\0\0\0\0\0"),
        segment(0xDB, &[&[0][..], &[1; 64]].concat()),
        segment(0xC0, &header),
        segment(0xC4, &table(0x00)),
        segment(0xC4, &table(0x10)),
        segment(0xDA, &[4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0]),
        b"\x00\xFF\xD9".to_vec(),
    ]
    .concat()
}

#[test]
#[ignore = "needs poppler and qpdf"]
fn a_picture_in_cmyk_is_converted_to_rgb() {
    let folder = record("inks.jpg", &inks());
    render(folder.path(), "a.pdf");
    let file = folder.path().join("a.pdf");
    let list = inspector("pdfimages", &["-list"], &file);
    assert!(list.contains("jpeg") && !list.contains("cmyk"), "{list}");
    inspector("qpdf", &["--check"], &file);
    // All inks at a half: a quarter of the light is left.
    let page = drawn(&file);
    let near = |value: u8| (50..=80).contains(&value);
    let dark = page.pixels().filter(|pixel| pixel.0.iter().all(|value| near(*value)));
    assert!(dark.count() > 5_000);
}

#[test]
fn a_picture_that_is_cut_off_is_refused_at_its_line() {
    let photo = photo(400, 300, 1);
    let (whole, _) = photo.split_at(photo.len() - NOTE.len() - 6);
    for share in [4, 2, 1] {
        let cut = &whole[..whole.len() / share];
        // Programs that save again what they got put an end behind it.
        for cut in [cut.to_vec(), [&cut[..cut.len() - 200], b"\xFF\xD9"].concat()] {
            let folder = record("photo.jpg", &cut);
            let run = resume_in(folder.path(), ["check"], &[]).exits(1);
            run.says("error[E072]: the picture").says("data/resume.yaml:2:");
        }
    }
}

/// A progressive picture, made by hand: eight by eight grey pixels, the sums and then the details.
fn progressive() -> Vec<u8> {
    // Two codes of two bits: a sum as before and one that differs by a byte, or details that end and one
    // of a byte.
    let table = |class| [&[class, 0, 2][..], &[0; 14], &[0, 8]].concat();
    [
        b"\xFF\xD8".to_vec(),
        segment(0xDB, &[&[0][..], &[1; 64]].concat()),
        segment(0xC2, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]),
        segment(0xC4, &table(0x00)),
        segment(0xDA, &[1, 1, 0, 0, 0, 0]),
        // 01 10110100, 1s to the end.
        b"\x6D\x3F".to_vec(),
        segment(0xC4, &table(0x10)),
        segment(0xDA, &[1, 1, 0, 1, 63, 0]),
        // Three times 01 10110100, then 00.
        b"\x6D\x1B\x46\xD0".to_vec(),
        b"\xFF\xD9".to_vec(),
    ]
    .concat()
}

#[test]
fn a_progressive_picture_and_a_png_that_are_cut_off_are_refused_at_their_line() {
    let check = |name: &str, bytes: &[u8]| {
        let folder = record(name, bytes);
        resume_in(folder.path(), ["check"], &[])
    };
    let whole = progressive();
    check("photo.jpg", &whole).exits(0);
    // In the last scan, which is four bytes, and after the first.
    for end in 3..5 {
        let cut = [&whole[..whole.len() - end], b"\xFF\xD9"].concat();
        check("photo.jpg", &cut).exits(1).says("error[E072]: the picture is damaged");
    }
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(&picture(400, 300), format);
        let name = format!("photo.{}", format.extensions_str()[0]);
        for cut in [whole.len() / 2, whole.len() - 20, whole.len() - 3] {
            let run = check(&name, &whole[..cut]).exits(1);
            run.says("error[E072]: the picture").says("data/resume.yaml:2:");
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn metadata_of_a_jpeg_of_a_template_is_removed_too() {
    let folder = record("photo.jpg", &photo(60, 60, 1));
    let templates = folder.path().join("templates/one-page");
    fs::create_dir_all(&templates).expect("made");
    fs::write(templates.join("logo.jpg"), photo(1600, 1200, 6)).expect("written");
    let main = "#set document(title: \"T\")\n= T\n#image(\"logo.jpg\", width: 20mm, alt: \"L\")\n\
                #scale(50%, image(\"logo.jpg\", width: 80mm, alt: \"L\"))\n";
    fs::write(templates.join("main.typ"), main).expect("written");
    let words =
        ["render", "--format", "portfolio", "--output", "a.pdf", "--templates", "templates"];
    fs::rename(&templates, folder.path().join("templates/portfolio")).expect("moved");
    // A portfolio is made of a record with projects.
    let projects = "[{id: a, name: A, start: 2023, end: 2024, summary: Built a server.}]\n";
    fs::write(folder.path().join("data/projects.yaml"), projects).expect("written");
    resume_in(folder.path(), words, &[]).exits(0);
    let pdf = fs::read(folder.path().join("a.pdf")).expect("written");
    assert!(!holds(&pdf, NOTE));
    // The same picture twice, as fine as the larger of the two wants it.
    let listed = listed(&folder.path().join("a.pdf"));
    assert_eq!(listed.len(), 2);
    assert!(listed.iter().all(|one| one[..2] == listed[0][..2]), "{listed:?}");
    assert_eq!(listed.iter().map(|one| one[2]).min().map(|x| (295..=300).contains(&x)), Some(true));
}
