"""Exporters: claims, origins, control, GeoJSON and the dossier."""
