"""Sending an update by mail to the signers and followers who asked for news."""
