"""Logging: one line an occurrence, as JSON, or coloured where a person looks on."""

import logging
import os
import sys

import structlog


def configured_logging() -> None:
    """Send our own and the framework's records through structlog to standard error; CUSTOMHOUSE_LOG_LEVEL sets the threshold."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    last = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=last, foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(os.environ.get("CUSTOMHOUSE_LOG_LEVEL", "WARNING"))
    logging.getLogger("django.request").setLevel(max(root.level, logging.ERROR))  # a refusal is an answer, not an occurrence
