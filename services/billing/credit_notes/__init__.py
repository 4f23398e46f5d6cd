"""Credit notes: papers that take back an issued invoice, in whole or in part."""
