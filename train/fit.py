"""Train the network: seeded, in stages, with a checkpoint every few minutes from which a stopped run goes on.

python -m train.fit --out build/train/run --stages train/stages.toml
"""

from __future__ import annotations

import argparse
import json
import time
import tomllib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from train.batching import batches, collate
from train.evaluate import evaluate
from train.labelling import Labelled
from train.loss import loss_of
from train.model import Network
from train.sources import base, load

KEEP_EVERY = 240  # seconds from checkpoint to checkpoint
Plan = list[list[Labelled]]


def plan(stage: dict[str, Any], data: Sequence[tuple[dict[str, Any], list[Labelled]]], number: int) -> Plan:
    """Return the batches of a stage in order; the same every time, so that a stopped run finds its place."""
    rng = np.random.default_rng(stage.get("seed", 11) + number)
    out: Plan = []
    for epoch in range(stage["epochs"]):
        chosen = [w for source, found in data for w in share(found, source.get("share", 1.0), epoch)]
        out += batches(chosen, stage.get("pieces", 2560), rng)
    return out


def share(found: Sequence[Labelled], size: float, epoch: int) -> Iterator[Labelled]:
    """Yield a source as often as its share says; of a broken share each epoch gets the next part."""
    for _ in range(int(size)):
        yield from found
    part = int((size - int(size)) * len(found))
    for i in range(part):
        yield found[(epoch * part + i) % len(found)]


def rate(step: int, steps: int) -> float:
    """Return the share of the learning rate at a step: a short rise, then down to almost nothing."""
    warm = max(1, int(0.06 * steps))
    return min((step + 1) / warm, max(0.02, (steps - step) / max(1, steps - warm)))


class Progress:
    """Tells now and then how far a stage is."""

    def __init__(self, name: str, start: int, steps: int) -> None:
        self.name, self.start, self.steps = name, start, steps
        self.began, self.pieces, self.mean = time.monotonic(), 0, 0.0

    def add(self, step: int, loss: float, pieces: int) -> None:
        """Count a step, and print a line at every fiftieth."""
        self.mean = 0.98 * self.mean + 0.02 * loss if step > self.start else loss
        self.pieces += pieces
        if step % 50 == 0:
            spent = time.monotonic() - self.began
            left = spent / max(1, step - self.start + 1) * (self.steps - step) / 60
            done = f"{self.name} {step}/{self.steps} loss {self.mean:.3f}"
            print(f"{done} {self.pieces / max(spent, 1e-9):.0f} pieces/s, {left:.0f} min left", flush=True)


class Run:
    """One training run in a folder: its checkpoint says how far it came."""

    def __init__(self, folder: Path, stages: list[dict[str, Any]]) -> None:
        self.folder, self.stages = folder, stages
        folder.mkdir(parents=True, exist_ok=True)
        weights, self.tokenizer = base()
        torch.manual_seed(stages[0].get("seed", 11))  # heads that no weights are taken over for
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

    def _stage(self, number: int, stage: dict[str, Any]) -> None:
        torch.manual_seed(stage.get("seed", 11))
        steps = plan(stage, load(stage["source"], self.tokenizer, "train"), number)
        optimiser = self._optimiser(stage)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, partial(rate, steps=len(steps)))
        start = self._resume(stage, optimiser, schedule)
        self._steps(stage, steps, start, optimiser, schedule)

    def _optimiser(self, stage: dict[str, Any]) -> torch.optim.Optimizer:
        named = list(self.network.named_parameters())
        body = [p for n, p in named if n.startswith("encoder.layers")]
        added = [p for n, p in named if p.requires_grad and not n.startswith("encoder.layers")]
        groups = [{"params": body, "lr": stage["rate"]}, {"params": added, "lr": stage["head_rate"]}]
        return torch.optim.AdamW(groups, weight_decay=0.01)

    def _resume(self, stage: dict[str, Any], optimiser: Any, schedule: Any) -> int:
        """Take over where a stopped run was in this stage; return the step to go on with."""
        going = self.folder / "going.pt"
        state = torch.load(going, weights_only=True) if going.exists() else {"stage": None}
        if state["stage"] != stage["name"]:
            return 0
        self.network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        return int(state["step"])

    def _steps(self, stage: dict[str, Any], steps: Plan, start: int, optimiser: Any, schedule: Any) -> None:
        progress = Progress(stage["name"], start, len(steps))
        saved = time.monotonic()
        self.network.train()
        for step in range(start, len(steps)):
            loss = self._step(steps[step], optimiser)
            schedule.step()
            progress.add(step, loss, sum(len(b.window) for b in steps[step]))
            if time.monotonic() - saved > KEEP_EVERY:
                saved = time.monotonic()
                self._keep(stage["name"], step + 1, optimiser, schedule)

    def _step(self, batch: list[Labelled], optimiser: Any) -> float:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = loss_of(self.network, collate(batch))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        optimiser.step()
        return loss.item()

    def _keep(self, stage: str, step: int, optimiser: Any, schedule: Any) -> None:
        state = {"stage": stage, "step": step, "network": self.network.state_dict()}
        state |= {"optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}
        temporary = self.folder / "going.tmp"
        torch.save(state, temporary)
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
