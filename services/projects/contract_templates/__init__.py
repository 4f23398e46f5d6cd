"""Contract templates: texts that an agency begins its contracts with."""
