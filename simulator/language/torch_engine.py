"""The reference engine: transformers and torch, any local model, a GPU where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.errors import SimulatorError
from simulator.language.protocol import States


class TorchCausalModel:
    """A causal model in transformers.

    Parameters
    ----------
    source : a model folder, a folder with one GGUF file, or a hub name.
    threads : most threads on a processor; a GPU is used where there is one.

    Raises
    ------
    SimulatorError : when it cannot be found or loaded; one line.
    """

    runtime = "torch"

    def __init__(self, source: str, threads: int = 2) -> None:
        import torch

        torch.set_num_threads(threads)
        self.name = Path(source).name if Path(source).is_dir() else source
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model, self._tokenizer = _load_causal(source)
        self._model.to(self._device).eval()

    def states(self, text: str, layers: Sequence[int]) -> States:
        """Hidden states of every token of the text."""
        import torch

        n_layers = self._model.config.num_hidden_layers
        for layer in layers:
            if not 0 <= layer <= n_layers:
                raise ValueError(f"{self.name} has {n_layers} layers, no layer {layer}")
        ids, offsets = self._encode(text)
        with torch.inference_mode():
            output = self._model(ids, output_hidden_states=True, logits_to_keep=1)
        return States(
            layers={k: output.hidden_states[k][0].float().cpu().numpy() for k in layers},
            offsets=offsets,
        )

    def surprisal(self, text: str) -> NDArray[np.float32]:
        """Surprisal of every token after the first, in nats."""
        ids, _ = self._encode(text)
        if ids.shape[1] < 2:
            return np.zeros(0, dtype=np.float32)
        return -self._token_log_probabilities(ids)

    def score_options(self, prompts: Sequence[str], options: Sequence[str]) -> NDArray[np.float32]:
        """Mean log-likelihood per token of each option after each prompt."""
        return np.stack([self._score_after(prompt, options) for prompt in prompts])

    def _score_after(self, prompt: str, options: Sequence[str]) -> NDArray[np.float32]:
        import torch

        start, _ = self._encode(prompt)
        scores = []
        for option in options:
            end, _ = self._encode(option)
            if not start.shape[1] or not end.shape[1]:
                raise ValueError("neither the prompt nor an option may be empty")
            both = torch.cat([start, end], dim=1)
            scores.append(float(self._token_log_probabilities(both)[-end.shape[1] :].mean()))
        return np.asarray(scores, dtype=np.float32)

    def generate(self, prompt: str, max_tokens: int) -> str:
        """Greedy continuation, up to the end-of-turn token."""
        import torch

        ids, _ = self._encode(prompt)
        with torch.inference_mode():
            out = self._model.generate(
                ids,
                attention_mask=torch.ones_like(ids),
                max_new_tokens=max_tokens,
                do_sample=False,
                pad_token_id=self._stops()[0],
                eos_token_id=self._stops(),
            )
        said = [int(i) for i in out[0, ids.shape[1] :] if int(i) not in self._stops()]
        text: str = self._tokenizer.decode(said)
        return text

    def _stops(self) -> list[int]:
        found = [
            self._tokenizer.token_to_id(token) for token in ("<|im_end|>", "<|endoftext|>", "</s>")
        ]
        return [i for i in found if i is not None] or [0]

    def _encode(self, text: str) -> tuple[Any, tuple[tuple[int, int], ...]]:
        import torch

        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        ids = torch.tensor([encoded.ids], dtype=torch.long, device=self._device)
        return ids, tuple(encoded.offsets)

    def _token_log_probabilities(self, ids: Any) -> NDArray[np.float32]:
        import torch

        with torch.inference_mode():
            logits = self._model(ids).logits[0, :-1].float()
            table = torch.log_softmax(logits, dim=-1)
            picked = table.gather(1, ids[0, 1:, None])[:, 0]
        values: NDArray[np.float32] = picked.cpu().numpy()
        return values


class TorchEmbedder:
    """A sentence encoder in transformers: mean of the last states, length 1."""

    runtime = "torch"

    def __init__(self, source: str, threads: int = 2) -> None:
        import torch
        from transformers import AutoModel, AutoTokenizer

        torch.set_num_threads(threads)
        self.name = Path(source).name if Path(source).is_dir() else source
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(source)
            self._model = AutoModel.from_pretrained(source, dtype=torch.float32).eval()
        except (OSError, ValueError) as problem:
            raise _cannot_load(source, problem) from None

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts."""
        import torch

        batch = self._tokenizer(
            list(texts), padding=True, truncation=True, max_length=256, return_tensors="pt"
        )
        with torch.inference_mode():
            states = self._model(**batch).last_hidden_state
            mask = batch["attention_mask"][..., None].to(states.dtype)
            means = (states * mask).sum(dim=1) / mask.sum(dim=1)
            unit = torch.nn.functional.normalize(means, dim=1)
        vectors: NDArray[np.float32] = unit.numpy()
        return vectors


def _load_causal(source: str) -> tuple[Any, Any]:
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    folder = Path(source)
    gguf_files = sorted(folder.glob("*.gguf")) if folder.is_dir() else []
    try:
        if gguf_files:
            return _from_gguf(gguf_files[0])
        kind = torch.bfloat16 if torch.cuda.is_available() else torch.float32
        model = AutoModelForCausalLM.from_pretrained(source, dtype=kind)
        return model, AutoTokenizer.from_pretrained(source).backend_tokenizer
    except (OSError, ValueError, ImportError, AttributeError) as problem:
        raise _cannot_load(source, problem) from None


_GGUF_NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm",
    "post_attention_layernorm": "ffn_norm",
}


def _from_gguf(file: Path) -> tuple[Any, Any]:
    """A Llama of the GGUF file's own weights; transformers would ask for a further package."""
    import torch
    from tokenizers import Tokenizer
    from transformers import LlamaConfig, LlamaForCausalLM

    from simulator.language.gguf_weights import GgufWeights

    weights = GgufWeights(file)
    shape, embedding = weights.shape, weights.matrix("token_embd.weight")
    config = LlamaConfig(
        vocab_size=embedding.shape[0],
        hidden_size=shape.width,
        intermediate_size=weights.matrix("blk.0.ffn_up.weight").shape[0],
        num_hidden_layers=shape.n_layers,
        num_attention_heads=shape.n_heads,
        num_key_value_heads=shape.n_kv_heads,
        rms_norm_eps=shape.norm_epsilon,
        rope_parameters={"rope_type": "default", "rope_theta": shape.rope_base},
        tie_word_embeddings=True,
    )
    model = LlamaForCausalLM(config)
    named = {"model.embed_tokens": embedding, "model.norm": weights.matrix("output_norm.weight")}
    for layer in range(shape.n_layers):
        for ours, theirs in _GGUF_NAMES.items():
            named[f"model.layers.{layer}.{ours}"] = weights.matrix(f"blk.{layer}.{theirs}.weight")
    tensors = {f"{name}.weight": torch.tensor(array) for name, array in named.items()}
    missing, unknown = model.load_state_dict(tensors, strict=False)
    if unknown or set(missing) - {"lm_head.weight"}:
        raise ValueError(f"{file.name} does not fill a Llama: {[*missing, *unknown][:3]}")
    return model, Tokenizer.from_str(weights.tokenizer_json())


def _cannot_load(source: str, problem: Exception) -> SimulatorError:
    first_line = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
    return SimulatorError(
        f"The language model {source} cannot be loaded ({first_line}): "
        "give a model folder, or a hub name while the hub can be reached"
    )
