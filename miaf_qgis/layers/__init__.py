"""What goes into and comes out of QGIS's layers."""
