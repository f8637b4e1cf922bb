from ideenlab.prototypes.models.prototypes import (
    HandIn,
    LatePermit,
    Prototype,
    PrototypeChallenge,
    PrototypeFile,
    Screenshot,
    ScreenshotSize,
)

__all__ = [
    "HandIn", "LatePermit", "Prototype", "PrototypeChallenge", "PrototypeFile", "Screenshot", "ScreenshotSize",
]  # fmt: skip
