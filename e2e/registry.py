"""A registry on this machine, and images made from busybox pushed to it."""

import contextlib
import re
import subprocess
import threading

from conftest import DEADLINE_S, ROOT

CONFIGURATION = """version: 0.1
log: {{accesslog: {{disabled: true}}}}
storage: {{filesystem: {{rootdirectory: {directory}/registry}}}}
http: {{addr: "127.0.0.1:0", secret: x}}
"""


class Registry:
    def __init__(self, directory, host):
        self.directory, self.host = directory, host

    def push(self, name, page):
        """Makes `name`, such as `app:1`, mean an image with a page of its own; returns what tasks call it."""
        archive = self.directory / "image.tar"
        subprocess.run([ROOT / "tools/busybox-image", archive, "busybox:pushed", page], check=True)
        subprocess.run(["skopeo", "--insecure-policy", "copy", "--quiet", "--dest-tls-verify=false", f"docker-archive:{archive}",
                        f"docker://{self.host}/{name}"], check=True, timeout=DEADLINE_S)
        return f"{self.host}/{name}"


@contextlib.contextmanager
def opened(directory):
    configuration = directory / "registry.yml"
    configuration.write_text(CONFIGURATION.format(directory=directory))
    process = subprocess.Popen(["docker-registry", "serve", configuration], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    drain = threading.Thread(target=lambda: [None for _ in process.stderr])
    try:
        said = next(found for line in process.stderr if (found := re.search(r'listening on ([\d.:]+)', line)))
        drain.start()  # so that it does not block on a full pipe
        yield Registry(directory, said[1])
    finally:
        process.kill()
        process.wait()
        if drain.is_alive():
            drain.join()
        process.stderr.close()
