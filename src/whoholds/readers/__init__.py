"""Readers: files to documents or rejections."""
