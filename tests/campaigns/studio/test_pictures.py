"""Uploaded pictures are drawn anew, without what they tell about who took them."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from campaigns.studio import pictures
from campaigns.studio.pictures import cleaned_picture

ORIENTATION, GPS, LATITUDE = 0x0112, 0x8825, 2
TURNED_RIGHT = 6


def upload(kind="JPEG", size=(40, 20), name="photo.jpg", mode="RGB", **saved):
    written = BytesIO()
    Image.new(mode, size).save(written, kind, **saved)
    return SimpleUploadedFile(name, written.getvalue())


def exif():
    data = Image.Exif()
    data[ORIENTATION] = TURNED_RIGHT
    data.get_ifd(GPS)[LATITUDE] = (45.0, 27.0, 0.0)
    return data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_is_removed_and_orientation_kept(kind):
    with Image.open(cleaned_picture(upload(kind, exif=exif()))) as picture:
        assert dict(picture.getexif()) == {}
        assert picture.size == (20, 40)
        assert picture.format == kind


def test_comment_in_a_png_is_removed():
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "Elena Marchi")
    assert b"Elena" not in cleaned_picture(upload("PNG", pnginfo=notes)).read()


@pytest.mark.parametrize("file", [upload("GIF", mode="L"), upload("TIFF"), SimpleUploadedFile("a.jpg", b"<svg/>")])
def test_other_kind_of_file_is_refused(file):
    with pytest.raises(ValidationError, match="JPEG, PNG or WebP"):
        cleaned_picture(file)


def test_file_above_ten_megabytes_is_refused():
    with pytest.raises(ValidationError, match="10 MB"):
        cleaned_picture(SimpleUploadedFile("a.jpg", bytes(pictures.LARGEST_FILE + 1)))


def test_picture_of_too_many_points_is_refused(monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST_PIXELS", 100)
    with pytest.raises(ValidationError, match="million points"):
        cleaned_picture(upload())


def test_name_takes_the_ending_of_its_kind():
    assert cleaned_picture(upload("PNG", name="picture.jpg")).name == "picture.png"


def repeat_the_last_scan(times):
    """A progressive JPEG of few bytes that takes long to draw."""
    written = upload(size=(64, 64), progressive=True).read()
    last = written.rindex(pictures.START_OF_SCAN)
    scan = written[last : written.rindex(b"\xff\xd9")]
    return SimpleUploadedFile("a.jpg", written[:last] + scan * times + b"\xff\xd9")


def test_progressive_picture_is_taken():
    assert cleaned_picture(upload(progressive=True)).name == "photo.jpg"


def test_picture_of_very_many_scans_is_refused_undrawn(monkeypatch):
    monkeypatch.setattr(pictures, "_drawn_anew", lambda *_: pytest.fail("it was drawn"))
    with pytest.raises(ValidationError, match="plain JPEG"):
        cleaned_picture(repeat_the_last_scan(150))


def test_marks_of_scans_in_another_format_mean_nothing():
    picture = upload("PNG")
    noisy = SimpleUploadedFile("photo.png", picture.read() + pictures.START_OF_SCAN * 100)
    assert cleaned_picture(noisy).name == "photo.png"
