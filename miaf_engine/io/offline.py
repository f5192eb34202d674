"""Confines GDAL in this process: a few local formats, no network, no other program.

A file may name what it wants of GDAL: a VRT its sources, any raster the overviews and
masks beside it, a small XML file a web service. GDAL opens those with whatever driver
claims them, also with drivers that ask servers, run programs or write. So every driver
is taken out but those of the formats that the engine reads, and all ways to the network
are closed. `stay_offline` is called before rasterio and pyogrio are imported, because
GDAL reads the variables once; `only_allowed_drivers` afterwards, because a build may
have drivers that are unknown here.

rasterio and pyogrio each bring a GDAL of their own, and both are confined.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import os
import secrets
import sys
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from miaf_engine.errors import DependencyError
from miaf_engine.translation import tr

# What rasters are read from and written to. MEM and Memory hold what GDAL computes.
RASTER_DRIVERS = ("GTiff", "ENVI", "HFA", "VRT", "MEM")
# Not GML: its driver fetches schemas and writes a file beside what it reads.
VECTOR_DRIVERS = (
    *("GPKG", "ESRI Shapefile", "GeoJSON", "GeoJSONSeq", "FlatGeobuf", "SQLite"),
    *("OpenFileGDB", "KML", "LIBKML", "GPX", "CSV", "MapInfo File", "DXF"),
    "Memory",
)
ALLOWED_DRIVERS = frozenset((*RASTER_DRIVERS, *VECTOR_DRIVERS))

# All others that GDAL 3.4 to 3.12 knows, in builds of any kind.
_SKIPPED = """
AAIGrid ACE2 ADBC ADRG AIG AIVector AVCBin AVCE00 AVIF AirSAR AmigoCloud Arrow BAG
BASISU BIGGIF BLX BMP BSB BT BYN CAD CALS CEOS COASP COG COSAR CPG CSW CTG CTable2
Carto Cloudant CouchDB DAAS DB2ODBC DDS DERIVED DGN DGNV8 DIMAP DIPEx DODS DOQ1 DOQ2
DTED DWG ECRGTOC ECW EDIGEO EEDA EEDAI EHdr EIR ELAS ERS ESAT ESRIC ESRIJSON EXR
Elasticsearch FAST FIT FITS FileGDB GDALG GFF GIF GML GMLAS GNMDatabase GNMFile GPSBabel
GPSBABEL GRASS GRASSASCIIGrid GRIB GS7BG GSAG GSBG GSC GTFS GTI GTX GXF GenBin
GeoRSS GeoRaster Geoconcept Georaster HANA HDF4 HDF4Image HDF5 HDF5Image HEIF HF2 HTTP
IDA IDB IGNFHeightASCIIGrid ILWIS INGRES IRIS ISCE ISG ISIS2 ISIS3 Idrisi JAXAPALSAR
JDEM JML JP2ECW JP2KAK JP2Lura JP2MrSID JP2OpenJPEG JPEG JPEG2000 JPEGLS JPEGXL JPIPKAK
JSONFG KEA KMLSUPEROVERLAY KRO KTX2 L1B LAN LCP LIBERTIFF LOSLAS LVBAG Leveller MAP
MBTiles MFF MFF2 MG4Lidar MRF MSG MSGN MSSQLSpatial MVT MapML MiraMonRaster
MiraMonVector MongoDB MongoDBv3 MrSID MySQL NAS NDF NGSGEOID NGW NITF NOAA_B NSIDCbin
NTv1 NTv2 NWT_GRC NWT_GRD NetCDF OAPIF OCI ODBC ODS OGCAPI OGDI OGR_DODS OGR_GMT
OGR_GRASS OGR_OGDI OGR_PDS OGR_SDE OGR_VRT OSM OZI OpenAir OpenDAP OpenJPEG PAux PCIDSK
PCRaster PDF PDS PDS4 PGDUMP PGeo PLMOSAIC PLSCENES PMTiles PNG PNM PRF Parquet
PostGISRaster PostgreSQL R RCM REC RIK RMF ROI_PAC RPFTOC RRASTER RS2 RST Rasterlite
S102 S104 S111 S57 SAFE SAGA SAR_CEOS SDE SDTS SEGUKOOA SEGY SENTINEL2 SGI SIGDEM
SNAP_TIFF SNODAS SOSI SRP SRTMHGT STACIT STACTA SUA SVG SXF Selafin TGA TIGER TIL TSX
Terragen TileDB TopoJSON USGSDEM VDV VFK VICAR WAsP WCS WEBP WFS WFS3 WMS WMTS WaSP
Walk XLS XLSX XPM XPlane XYZ ZMap Zarr netCDF
"""
SKIPPED_DRIVERS = (*_SKIPPED.split(), "Interlis 1", "Interlis 2", "UK .NTF")

# A name that no file can foresee: the only one that GDAL's network file system may
# open, and the only ending, so it opens none.
_SECRET = secrets.token_hex(16)
# Nothing answers at port 0, so whatever asks by HTTP all the same fails at once.
_NOWHERE = "http://127.0.0.1:0"
NO_NETWORK_FILES = {
    "CPL_VSIL_CURL_ALLOWED_FILENAME": f"/vsicurl/http://{_SECRET}.invalid/{_SECRET}",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": f".{_SECRET}",
}
_OPTIONS = {
    **NO_NETWORK_FILES,
    "GDAL_HTTP_PROXY": _NOWHERE,
    "GDAL_HTTPS_PROXY": _NOWHERE,
    "no_proxy": "",
    "NO_PROXY": "",
    "GDAL_HTTP_MAX_RETRY": "0",
    # GDAL would look for credentials at addresses that only machines of a cloud have.
    "CPL_AWS_AUTODETECT_EC2": "NO",
    "AWS_EC2_METADATA_DISABLED": "true",
    "CPL_MACHINE_IS_GCE": "NO",
    "CPL_ALLOW_VSISTDIN": "NO",
    # GDAL would write an index beside an archive that it has read to its end.
    "CPL_VSIL_GZIP_WRITE_PROPERTIES": "NO",
    "GDAL_VRT_ENABLE_PYTHON": "NO",
    # What a VRT reads as raw numbers lies beside it or below.
    "GDAL_VRT_RAWRASTERBAND_ALLOWED_SOURCE": "SIBLING_OR_CHILD_OF_VRT_PATH",
    # No library is loaded as a driver, and no Python file.
    "GDAL_DRIVER_PATH": "disable",
    "GDAL_PYTHON_DRIVER_PATH": "disable",
    "OGR_SQLITE_LOAD_EXTENSIONS": "NONE",
    # Of the functions that GDAL adds to SQL, one asks a server and writes what it
    # answers: no view or trigger in a file calls it.
    "ALLOW_OGR_SQL_FUNCTIONS_FROM_TRIGGER_AND_VIEW": "NO",
    "OGR_SQLITE_PRAGMA": "trusted_schema=0",
    "PROJ_NETWORK": "OFF",
    # GDAL would complain there of each driver above that it does not have; errors reach
    # Python by exceptions.
    "CPL_LOG": os.devnull,
}


def stay_offline() -> None:
    """Set the variables; to be called before GDAL is loaded."""
    os.environ.update(_OPTIONS)
    _use_own_data()
    os.environ["GDAL_SKIP"] = ",".join(SKIPPED_DRIVERS)


def only_allowed_drivers() -> None:
    """Take out what drivers are left beside the allowed ones; for GDAL once loaded.

    Raises:
        DependencyError: A driver cannot be taken out.
    """
    for name in ("rasterio", "pyogrio"):
        if name in sys.modules:
            _confine(name)


@cache
def _confine(package: str) -> None:
    found = _rasterio_drivers if package == "rasterio" else _pyogrio_drivers
    if library := _gdal_of(sys.modules[package]):
        _deregister(library)
    if (left := found() - ALLOWED_DRIVERS) and package == "pyogrio":
        _skip_in_pyogrio(left)
        left = found() - ALLOWED_DRIVERS
    if package == "rasterio":
        _check_coordinate_systems()
    if left:
        raise DependencyError(
            tr(
                "GDAL in {package} has drivers that the engine does not use and cannot "
                "remove: {names}."
            ).format(package=package, names=", ".join(sorted(left))),
            hint=tr(
                "Install the version of {package} required by the engine. With other "
                "drivers, a file could access the network."
            ).format(package=package),
        )


def _check_coordinate_systems() -> None:
    """Raise DependencyError where PROJ knows none; maps would lose their EPSG code."""
    import rasterio
    from rasterio.crs import CRS
    from rasterio.errors import CRSError

    try:
        with rasterio.Env():
            CRS.from_epsg(4326)
    except CRSError as error:
        stated = [n for n in ("PROJ_DATA", "PROJ_LIB") if os.environ.get(n)]
        raise DependencyError(
            tr(
                "PROJ in rasterio finds no coordinate reference systems: {error}."
            ).format(error=error),
            hint=tr("Unset {names}, which another program has set.").format(
                names=" and ".join(stated)
            )
            if stated
            else tr("Install rasterio again, because its folder proj_data is missing."),
        ) from error


def _rasterio_drivers() -> set[str]:
    import rasterio

    with rasterio.Env() as env:
        return set(env.drivers())


def _pyogrio_drivers() -> set[str]:
    import pyogrio

    return set(pyogrio.list_drivers())


def _skip_in_pyogrio(left: Iterable[str]) -> None:
    from pyogrio import _ogr

    # All register again, and those that the variable names go again.
    os.environ["GDAL_SKIP"] = ",".join((*SKIPPED_DRIVERS, *left))
    with warnings.catch_warnings(), suppress(AttributeError):
        warnings.simplefilter("ignore")
        _ogr._register_drivers()
    os.environ["GDAL_SKIP"] = ",".join((*SKIPPED_DRIVERS, *left))


def _gdal_of(package: ModuleType) -> Any:
    """Return the GDAL that a package has loaded, or None where it is not found."""
    for path in _libraries(Path(str(package.__file__)).parent):
        with suppress(OSError, AttributeError):
            library = ctypes.CDLL(str(path))
            library.GDALGetDriver.restype = ctypes.c_void_p
            library.GDALGetDriver.argtypes = [ctypes.c_int]
            library.GDALGetDriverShortName.restype = ctypes.c_char_p
            library.GDALGetDriverShortName.argtypes = [ctypes.c_void_p]
            library.GDALDeregisterDriver.argtypes = [ctypes.c_void_p]
            return library
    return None


def _libraries(folder: Path) -> Iterator[str | Path]:
    """Yield where GDAL's functions may be found.

    An extension module hands on those of the libraries that it is linked with, but not
    on Windows, where GDAL lies beside the package or on the path.
    """
    if sys.platform == "win32":
        yield from folder.with_name(f"{folder.name}.libs").glob("gdal*.dll")
        if found := ctypes.util.find_library("gdal"):
            yield found
        return
    yield from sorted(folder.glob("_env*.so"))
    yield from sorted(folder.glob("_ogr*.so"))


def _deregister(library: Any) -> None:
    """Take out all drivers that are not allowed, whichever kind of data they read."""
    for number in reversed(range(library.GDALGetDriverCount())):
        driver = library.GDALGetDriver(number)
        name = library.GDALGetDriverShortName(driver).decode()
        if name not in ALLOWED_DRIVERS:
            library.GDALDeregisterDriver(driver)


def all_drivers(package: str) -> set[str]:
    """Return the drivers that a package's GDAL has now, of rasters and vectors.

    Args:
        package: rasterio or pyogrio, imported.
    """
    library = _gdal_of(sys.modules[package])
    if library is None:
        return _rasterio_drivers() if package == "rasterio" else _pyogrio_drivers()
    numbers = range(library.GDALGetDriverCount())
    drivers = [library.GDALGetDriver(number) for number in numbers]
    return {library.GDALGetDriverShortName(driver).decode() for driver in drivers}


def _use_own_data() -> None:
    """Let PROJ and GDAL read the tables that came with them, not those of others.

    Another program's PROJ_DATA, of another version or gone, costs every CRS its EPSG
    code, in silence.
    """
    os.environ.pop("PROJ_AUX_DB", None)  # a broken one stops pyogrio
    spec = importlib.util.find_spec("rasterio")
    for folder in (spec.submodule_search_locations if spec else None) or ():
        if Path(folder, "proj_data", "proj.db").is_file():
            os.environ.pop("PROJ_DATA", None)
            os.environ.pop("PROJ_LIB", None)
        if Path(folder, "gdal_data").is_dir():
            os.environ.pop("GDAL_DATA", None)
