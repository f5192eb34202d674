"""The package models."""
