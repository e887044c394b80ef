"""The models of a profile as makers of vectors: each with those it takes vectors from."""

from __future__ import annotations

from dataclasses import dataclass, replace

from warehouse.contracts import ModelIdentity, Profile

VECTOR_STAGES = ("page_types", "panel_vectors", "strips")


@dataclass(frozen=True, slots=True)
class VectorModels:
    """Identities that name all that shapes a vector.

    The panel encoder is fed by the backbone and the sentence encoder, the strip encoder by the panel encoder:
    the same weights behind another one make another space, and are another model.
    """

    backbone: ModelIdentity
    sentences: ModelIdentity
    panel_encoder: ModelIdentity
    strip_encoder: ModelIdentity

    @property
    def all(self) -> tuple[ModelIdentity, ...]:
        """Each after those it takes vectors from."""
        return (self.backbone, self.sentences, self.panel_encoder, self.strip_encoder)

    def of_stage(self, stage: str) -> tuple[ModelIdentity, ...]:
        """The models whose vectors a stage writes."""
        match stage:
            case "page_types":
                return (self.backbone,)
            case "panel_vectors":
                return (self.backbone, self.sentences, self.panel_encoder)
            case "strips":
                return (self.sentences, self.panel_encoder, self.strip_encoder)
        return ()


def vector_models(profile: Profile) -> VectorModels:
    """The models of a profile; loads them."""
    backbone, sentences = profile.backbone.identity, profile.sentences.identity
    panels = replace(profile.panel_encoder.identity, made_with=(backbone, sentences))
    strips = replace(profile.strip_encoder.identity, made_with=(panels,))
    return VectorModels(backbone, sentences, panels, strips)
