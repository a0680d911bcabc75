"""The same uploads in a bucket: against a real S3 server in this process."""

from __future__ import annotations

from datetime import timedelta

import pytest

from karvan.foundation.files.models import StoredFile
from karvan.foundation.files.services import delete_orphans, open_file, serve, store_upload
from tests import make

from . import samples

pytest.importorskip("storages.backends.s3")
moto_server = pytest.importorskip("moto.server")

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture
def bucket(settings, monkeypatch):
    import boto3

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    name = f"karvan-{make.one()}"  # the server's memory outlives the test
    boto3.client("s3", endpoint_url=address, region_name="us-east-1").create_bucket(Bucket=name)
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": name,
                "endpoint_url": address,
                "region_name": "us-east-1",
                "default_acl": None,
                "file_overwrite": False,
            },
        },
    }
    yield
    server.stop()


def test_a_file_goes_to_the_bucket_and_comes_back(bucket):
    data = samples.pdf()

    stored = store_upload(samples.upload("a.pdf", data), kinds=["pdf"], scope="", by=None)

    with open_file(stored) as found:
        assert found.read() == data
    answer = serve(stored)
    assert b"".join(answer.streaming_content) == data
    answer.close()


def test_orphans_are_swept_from_the_bucket_too(bucket):
    known, orphan = (
        store_upload(samples.upload("a.txt", b"hello"), kinds=["text"], scope="", by=None)
        for _number in range(2)
    )
    StoredFile.objects.filter(pk=orphan.pk).delete()

    assert delete_orphans(older_than=timedelta(seconds=-5)) == 1

    with open_file(known) as found:
        assert found.read() == b"hello"
    with pytest.raises(FileNotFoundError):
        open_file(orphan)
