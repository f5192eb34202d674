"""Files from strangers: what they may name of a network, in every container.

Run as a program, `strangers.py PLAN.json`, it opens all of them with bare rasterio and
pyogrio, so that only what the engine has made of GDAL stands between them and a server.
"""

import json
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np

CLOUDS = ("s3", "gs", "az", "adls", "oss", "swift", "webhdfs", "hdfs")
SIZE = 'rasterXSize="8" rasterYSize="8"'


def cloud_environment(url):
    """Return variables that bring GDAL's clouds to a server on this machine."""
    host = url.removeprefix("http://")
    return {
        "AWS_S3_ENDPOINT": host,
        "AWS_HTTPS": "NO",
        "AWS_VIRTUAL_HOSTING": "FALSE",
        "AWS_NO_SIGN_REQUEST": "YES",
        "CPL_GS_ENDPOINT": f"{url}/",
        "GS_NO_SIGN_REQUEST": "YES",
        "AZURE_STORAGE_CONNECTION_STRING": f"BlobEndpoint={url};AccountName=a",
        "AZURE_NO_SIGN_REQUEST": "YES",
        "OSS_ENDPOINT": host,
        "OSS_HTTPS": "NO",
        "OSS_ACCESS_KEY_ID": "a",
        "OSS_SECRET_ACCESS_KEY": "a",
        "SWIFT_STORAGE_URL": url,
        "SWIFT_AUTH_TOKEN": "a",
        "OGR_GEOCODE_DELAY": "0",
    }


def addresses(url):
    """Return names of the server in GDAL's file systems."""
    host = url.removeprefix("http://")
    found = [f"/vsicurl/{url}/x{end}" for end in (".tif", ".none", ".nc", "")]
    found += [f"/vsicurl_streaming/{url}/x.tif", f"/vsicurl?url={url}/x.tif", url]
    found += [f"/vsicurl?empty_dir=yes&url={url}/x.none", f"{url}/x.none"]
    for cloud in CLOUDS:
        found += [f"/vsi{cloud}/bucket/x.tif", f"/vsi{cloud}_streaming/bucket/x.tif"]
    found += [f"/vsiwebhdfs/{url}/webhdfs/v1/x.tif", f"/vsihdfs/hdfs://{host}/x"]
    found += [f"/vsizip//vsicurl/{url}/x.zip/x.tif", f"/vsigzip//vsicurl/{url}/x.gz"]
    found += [f"/vsitar//vsicurl/{url}/x.tar/x.tif", f"/vsi7z//vsicurl/{url}/x.7z/x"]
    found += [f"/vsisubfile/0_9,/vsicurl/{url}/x.tif", f"/vsicached?file={url}/x"]
    found += [f"/vsicrypt/key=a,file=/vsicurl/{url}/x", f"/vsisparse//vsicurl/{url}/x"]
    return [*found, f"vrt:///vsicurl/{url}/x.tif?bands=1", f"GTIFF_DIR:1:{found[0]}"]


def connections(driver, url):
    """Return names that may bring a driver to the server."""
    where = f"/vsicurl/{url}/x.none"
    names = [f'{driver}:"{url}/x.nc":a', f"{driver}:{url}/x.nc", f"{driver}:{where}"]
    names += [f'{driver}:"{where}":a', f'{driver}:"{url}#mode=bytes":a']
    # Some answer to another prefix than their name.
    for prefix in ("SENTINEL2_L2A", "HDF5", "ES", "PG", "OAPIF_COLLECTION", "ZARR"):
        names.append(f"{prefix}:{url}/x")
    return names


def xml_of_service(url):
    """Return small files that stand for services, by suffix."""
    tiles = (
        f'<GDAL_WMS><Service name="TMS"><ServerUrl>{url}/${{z}}/${{x}}/${{y}}.png'
        "</ServerUrl></Service><DataWindow><UpperLeftX>0</UpperLeftX><UpperLeftY>1"
        "</UpperLeftY><LowerRightX>1</LowerRightX><LowerRightY>0</LowerRightY><SizeX>8"
        "</SizeX><SizeY>8</SizeY></DataWindow><BandsCount>1</BandsCount></GDAL_WMS>"
    )
    return [
        tiles,
        f"<WCS_GDAL><ServiceURL>{url}/?</ServiceURL><CoverageName>a</CoverageName>"
        "</WCS_GDAL>",
        f"<GDAL_WMTS><GetCapabilitiesUrl>{url}/w.xml</GetCapabilitiesUrl></GDAL_WMTS>",
        f"<OGRWFSDataSource><URL>{url}/a</URL></OGRWFSDataSource>",
        f"<OGRCSWDataSource><URL>{url}/a</URL></OGRCSWDataSource>",
        f"<MRF_META><CachedSource><Source>/vsicurl/{url}/x.none</Source></CachedSource>"
        '<Raster><Size x="8" y="8" c="1"/></Raster></MRF_META>',
        json.dumps(
            {
                "type": "gdal_streamed_alg",
                "command_line": f"gdal raster pipeline ! read {url}/a.tif ! reproject",
            }
        ),
        json.dumps(
            {
                "type": "FeatureCollection",
                "stac_version": "1.0.0",
                "links": [{"rel": "next", "href": f"{url}/next"}],
                "features": [
                    {
                        "type": "Feature",
                        "stac_version": "1.0.0",
                        "id": "a",
                        "properties": {"proj:epsg": 32616, "proj:shape": [8, 8]},
                        "geometry": None,
                        "assets": {"a": {"href": f"{url}/a.tif"}},
                    }
                ],
            }
        ),
    ]


def vrt(source, tag="SimpleSource", extra=""):
    return (
        f'<VRTDataset {SIZE}>{extra}<VRTRasterBand dataType="Byte" band="1"><{tag}>'
        f"<SourceFilename>{escape(source)}</SourceFilename><SourceBand>1</SourceBand>"
        f"</{tag}></VRTRasterBand></VRTDataset>"
    )


def vrts(source):
    """Return rasters of every kind of VRT that name a source."""
    name = escape(source)
    band = '<VRTRasterBand dataType="Byte" band="1"'
    plain = f"{band}/>"
    raw = (
        f'<VRTDataset {SIZE}>{band} subClass="VRTRawRasterBand"><SourceFilename>{name}'
        "</SourceFilename></VRTRasterBand></VRTDataset>"
    )
    derived = (
        f'<VRTDataset {SIZE}>{band} subClass="VRTDerivedRasterBand"><PixelFunctionType>'
        f"sum</PixelFunctionType><SimpleSource><SourceFilename>{name}</SourceFilename>"
        "</SimpleSource></VRTRasterBand></VRTDataset>"
    )
    overview = (
        f"<VRTDataset {SIZE}>{band}><Overview><SourceFilename>{name}</SourceFilename>"
        "<SourceBand>1</SourceBand></Overview></VRTRasterBand></VRTDataset>"
    )
    mask = (
        f"<VRTDataset {SIZE}>{plain}<MaskBand>{band}><SimpleSource><SourceFilename>"
        f"{name}</SourceFilename></SimpleSource></VRTRasterBand></MaskBand></VRTDataset>"
    )
    warped = (
        f'<VRTDataset {SIZE} subClass="VRTWarpedDataset">{band} '
        'subClass="VRTWarpedRasterBand"/><GDALWarpOptions><SourceDataset>'
        f"{name}</SourceDataset></GDALWarpOptions></VRTDataset>"
    )
    sharp = (
        '<VRTDataset subClass="VRTPansharpenedDataset"><PansharpeningOptions>'
        f"<PanchroBand><SourceFilename>{name}</SourceFilename><SourceBand>1</SourceBand>"
        f'</PanchroBand><SpectralBand dstBand="1"><SourceFilename>{name}'
        "</SourceFilename><SourceBand>1</SourceBand></SpectralBand>"
        "</PansharpeningOptions></VRTDataset>"
    )
    processed = (
        '<VRTDataset subClass="VRTProcessedDataset"><Input><SourceFilename>'
        f"{name}</SourceFilename></Input><ProcessingSteps><Step><Algorithm>LUT"
        "</Algorithm></Step></ProcessingSteps></VRTDataset>"
    )
    return [
        *(vrt(source), vrt(source, "ComplexSource"), vrt(source, "AveragedSource")),
        *(raw, derived, overview, mask, warped, sharp, processed),
    ]


def vectors(source, url):
    """Return files of areas that name a source or a server, by suffix."""
    name = escape(source)
    layer = f'<OGRVRTLayer name="a"><SrcDataSource>{name}</SrcDataSource></OGRVRTLayer>'
    return [
        (".vrt", f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>"),
        (
            ".kml",
            '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link>'
            f"<href>{escape(url)}/a.kml</href></Link></NetworkLink><Placemark><styleUrl>"
            f"{escape(url)}/s.kml#a</styleUrl><name>a</name><Point><coordinates>1,1"
            "</coordinates></Point></Placemark></Document></kml>",
        ),
        (
            ".gml",
            '<a:FeatureCollection xmlns:a="http://a" xmlns:gml="http://www.opengis.net/'
            'gml" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.'
            f'org/2001/XMLSchema-instance" xsi:schemaLocation="http://a {url}/a.xsd">'
            '<gml:featureMember><a:f fid="1"><a:g><gml:Point srsName="EPSG:4326">'
            f'<gml:coordinates>1,1</gml:coordinates></gml:Point></a:g><a:h xlink:href="'
            f'{url}/h.gml#x"/></a:f></gml:featureMember></a:FeatureCollection>',
        ),
        (
            ".geojson",
            json.dumps(
                {
                    "type": "FeatureCollection",
                    "crs": {"type": "link", "properties": {"href": f"{url}/crs"}},
                    "links": [{"rel": "next", "href": f"{url}/next"}],
                    "exceededTransferLimit": True,
                    "features": [],
                }
            ),
        ),
        (
            ".gpx",
            f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><link href="'
            f'{url}"/></gpx>',
        ),
        (".csv", f'WKT,a\n"POINT (1 1)","=WEBSERVICE(""{url}"")"\n'),
    ]


def geocoding_database(path, url):
    """Write a database whose view asks a server through a function of GDAL's."""
    cache = path.with_suffix(".cache.csv")
    call = (
        f"ogr_geocode('x','geometry','SERVICE=OSM_NOMINATIM','QUERY_TEMPLATE={url}/%s',"
        f"'CACHE_FILE={cache}')"
    )
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, geometry BLOB)")
        database.execute("INSERT INTO t VALUES (1, NULL)")
        database.execute(f"CREATE VIEW v AS SELECT id, {call} AS g FROM t")
        database.execute(
            "CREATE TABLE geometry_columns (f_table_name TEXT, f_geometry_column TEXT, "
            "geometry_type INTEGER, coord_dimension INTEGER, srid INTEGER, "
            "geometry_format TEXT)"
        )
    database.close()
    return path


def write_all(folder, url, drivers):
    """Write every container around every name; return rasters and vector files."""
    names, services = addresses(url), xml_of_service(url)
    # All kinds of VRT for some addresses, the simple one for all and for each driver.
    texts = [text for name in names[:6] for text in vrts(name)]
    for driver in sorted(drivers):
        names += connections(driver, url)
    texts += [vrt(name) for name in (*names, *services)]
    rasters = [_written(folder, ".vrt", text) for text in texts]
    rasters += [_written(folder, ".xml", text) for text in services]
    for end in (".msk", ".ovr", ".aux.xml", ".msk.ovr"):
        for text in (*vrts(names[1]), *services):
            rasters.append(_tif_with(folder, end, text))
    text = (
        '<PAMDataset><Metadata domain="OVERVIEWS"><MDI key="OVERVIEW_FILE">'
        f"{names[1]}</MDI></Metadata></PAMDataset>"
    )
    rasters.append(_tif_with(folder, ".aux.xml", text))
    areas = [_written(folder, end, text) for end, text in vectors(names[1], url)]
    areas += [_written(folder, ".xml", text) for text in services]
    areas.append(geocoding_database(folder / "geocode.sqlite", url))
    return [str(path) for path in rasters], [str(path) for path in areas]


def _written(folder, end, text):
    path = folder / f"f{sum(1 for _ in folder.iterdir())}{end}"
    path.write_text(text, encoding="utf-8")
    return path


def _tif_with(folder, end, text):
    import rasterio

    path = folder / f"t{sum(1 for _ in folder.iterdir())}.tif"
    profile = {"driver": "GTiff", "width": 8, "height": 8, "count": 1, "dtype": "uint8"}
    with rasterio.open(path, "w", **profile) as dataset:
        dataset.write(np.ones((1, 8, 8), np.uint8))
    path.with_name(path.name + end).write_text(text, encoding="utf-8")
    return path


def open_rasters(paths):
    import rasterio

    opened = 0
    for path in paths:
        with suppress(Exception), rasterio.open(path) as dataset:
            opened += 1
            for act in (
                lambda: dataset.overviews(1),
                lambda: dataset.read(1, out_shape=(2, 2)),
                lambda: dataset.read_masks(1),
                lambda: dataset.read(1),
                lambda: dataset.files,
            ):
                with suppress(Exception):
                    act()
    return opened


def open_areas(paths):
    import pyogrio

    opened = 0
    for path in paths:
        with suppress(Exception):
            layers = [str(name) for name, _ in pyogrio.list_layers(path)]
            opened += 1
            for layer in layers:
                with suppress(Exception):
                    pyogrio.raw.read(path, layer=layer)
    return opened


def main():
    plan = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    from miaf_engine.io import offline

    if plan["confined"]:
        offline.stay_offline()
    import pyogrio
    import rasterio

    with rasterio.Env():
        if plan["confined"]:
            offline.only_allowed_drivers()
        packages = (rasterio.__name__, pyogrio.__name__)
        drivers = {name: sorted(offline.all_drivers(name)) for name in packages}
    opened = [open_rasters(plan["rasters"]), open_areas(plan["areas"])]
    sys.stdout.write(json.dumps({"drivers": drivers, "opened": opened}))


if __name__ == "__main__":
    main()
