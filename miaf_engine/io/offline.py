"""Keeps GDAL off the network, and from running other programs, in this process.

A file may name what it wants of the network: a VRT a source, a small XML file a web
service. The engine reads local files only, so the parts of GDAL that ask servers, run
programs or load libraries are left out before it registers its drivers. GDAL reads
these variables once; `stay_offline` is called before rasterio and pyogrio are imported.
"""

from __future__ import annotations

import os

# Drivers that ask a server, run a program (GPSBabel), load a library (ADBC), carry out
# commands (GDALG), or stand for other data sources (GTI, OGR_VRT).
SKIPPED_DRIVERS = (
    *("ADBC", "AmigoCloud", "Carto", "CSW", "DAAS", "EEDA", "EEDAI", "Elasticsearch"),
    *("GDALG", "GNMDatabase", "GNMFile", "GPSBabel", "GTI", "HTTP", "MongoDBv3"),
    *("MSSQLSpatial", "MySQL", "NGW", "OAPIF", "OCI", "ODBC", "OGCAPI", "OGR_VRT"),
    *("OpenDAP", "PLMOSAIC", "PLSCENES", "PostgreSQL", "PostGISRaster", "STACIT"),
    *("STACTA", "WCS", "WFS", "WMS", "WMTS"),
)
_OPTIONS = {
    # Without any allowed ending, GDAL's network file system opens nothing.
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "CPL_ALLOW_VSISTDIN": "NO",
    "GDAL_VRT_ENABLE_PYTHON": "NO",
    # What a VRT reads as raw numbers lies beside it or below.
    "GDAL_VRT_RAWRASTERBAND_ALLOWED_SOURCE": "SIBLING_OR_CHILD_OF_VRT_PATH",
    "OGR_SQLITE_LOAD_EXTENSIONS": "NONE",
    "PROJ_NETWORK": "OFF",
    # GDAL would complain there of each driver above that it does not have; errors reach
    # Python by exceptions.
    "CPL_LOG": os.devnull,
}


def stay_offline() -> None:
    """Set the variables; to be called before GDAL is loaded."""
    os.environ.update(_OPTIONS)
    os.environ["GDAL_SKIP"] = ",".join(SKIPPED_DRIVERS)
