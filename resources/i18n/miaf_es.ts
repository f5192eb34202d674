<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>MIAF-Net</name>
    <message>
        <source>This is a graphical model: a right click on it in the toolbox opens a copy in the model designer, where its steps can be seen and changed.</source>
        <translation>Este es un modelo gráfico: un clic derecho sobre él en la caja de herramientas abre una copia en el diseñador de modelos, donde se ven y se cambian sus pasos.</translation>
    </message>
    <message>
        <source>Classify and vectorise</source>
        <translation>Clasificar y vectorizar</translation>
    </message>
    <message>
        <source>From training areas to polygons with class names, one a class</source>
        <translation>De áreas de entrenamiento a polígonos con nombres de clases, uno por clase</translation>
    </message>
    <message>
        <source>Classifies a cube from training areas, removes patches smaller than a number of pixels, turns the map into polygons, joins those of one class and gives them the names and colours of the classes.</source>
        <translation>Clasifica un cubo desde áreas de entrenamiento, quita manchas menores que un número de píxeles, convierte el mapa en polígonos, une los de una clase y les da los nombres y colores de las clases.</translation>
    </message>
    <message>
        <source>Train once, classify many</source>
        <translation>Entrenar una vez, clasificar muchos</translation>
    </message>
    <message>
        <source>Train on one cube and classify a list of cubes with the model</source>
        <translation>Entrenar con un cubo y clasificar una lista de cubos con el modelo</translation>
    </message>
    <message>
        <source>Trains a model on the areas of one cube and classifies other cubes of the same sensor with it. A cube that cannot be classified is reported and does not stop the rest.</source>
        <translation>Entrena un modelo con las áreas de un cubo y clasifica con él otros cubos del mismo sensor. Un cubo que no se puede clasificar se comunica y no detiene a los demás.</translation>
    </message>
    <message>
        <source>Classify, then assess</source>
        <translation>Clasificar y luego evaluar</translation>
    </message>
    <message>
        <source>Classify a cube with a model and check the map on reference areas</source>
        <translation>Clasificar un cubo con un modelo y comprobar el mapa en áreas de referencia</translation>
    </message>
    <message>
        <source>Classifies a cube with a model and compares the map with reference areas that the model has not seen: a report, a confusion matrix and the accuracies.</source>
        <translation>Clasifica un cubo con un modelo y compara el mapa con áreas de referencia que el modelo no ha visto: informe, matriz de confusión y exactitudes.</translation>
    </message>
    <message>
        <source>Classify, then draw a sample</source>
        <translation>Clasificar y luego extraer una muestra</translation>
    </message>
    <message>
        <source>Classify a cube with a model and draw points to look up</source>
        <translation>Clasificar un cubo con un modelo y extraer puntos para comprobar</translation>
    </message>
    <message>
        <source>Classifies a cube with a model and draws random points from the map. Once a person has looked up their cover, 'Assess accuracy' tells how accurate the whole map is.</source>
        <translation>Clasifica un cubo con un modelo y extrae puntos del mapa al azar. Cuando alguien haya comprobado su cobertura, «Evaluar la exactitud» dice cuán exacto es todo el mapa.</translation>
    </message>
    <message>
        <source>Classify from training areas</source>
        <translation>Clasificar desde áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Start here</source>
        <translation>Empezar aquí</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Etiquetar</translation>
    </message>
    <message>
        <source>Classify</source>
        <translation>Clasificar</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Exactitud</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importar</translation>
    </message>
    <message>
        <source>Make a land-cover map from a cube and areas of known cover</source>
        <translation>Hacer un mapa de cobertura del suelo de un cubo y áreas de cobertura conocida</translation>
    </message>
    <message>
        <source>Makes a land-cover map of a hyperspectral cube from areas whose cover you know.

1. Draw polygons of each class in a vector layer with a field that names the class. Several polygons a class, spread over the scene, are worth more than a few large ones.
2. Categorise the layer by that field if you want its colours in the map.
3. Choose the cube, the layer and the field, and run.

You get the map with its legend, a raster of how sure the map is, a model for other scenes of the same sensor, and an accuracy report. The map learns every area. Its accuracy is estimated with models that were each trained without some of the areas and scored on those left out, which lie about as far from the training areas as the rest of the scene does.</source>
        <translation>Hace un mapa de cobertura del suelo de un cubo hiperespectral desde áreas cuya cobertura usted conoce.

1. Dibuje polígonos de cada clase en una capa vectorial con un campo que nombre la clase. Varios polígonos por clase, repartidos por la escena, valen más que unos pocos grandes.
2. Categorice la capa por ese campo si quiere sus colores en el mapa.
3. Elija el cubo, la capa y el campo, y ejecute.

Obtiene el mapa con su leyenda, un ráster de la confianza del mapa, un modelo para otras escenas del mismo sensor y un informe de exactitud. El mapa aprende todas las áreas. Su exactitud se estima con modelos entrenados cada uno sin una parte de las áreas y evaluados en las excluidas, que están aproximadamente tan lejos de las áreas de entrenamiento como el resto de la escena.</translation>
    </message>
    <message>
        <source>hyperspectral,classification,land cover,deep learning,neural network,remote sensing,supervised,map,superpixels,EnMAP,AVIRIS,ENVI</source>
        <translation>hiperespectral,clasificación,cobertura del suelo,aprendizaje profundo,red neuronal,teledetección,supervisada,mapa,superpíxeles,EnMAP,AVIRIS,ENVI</translation>
    </message>
    <message>
        <source>Hyperspectral cube</source>
        <translation>Cubo hiperespectral</translation>
    </message>
    <message>
        <source>Raster with many bands: ENVI, GeoTIFF or anything else GDAL reads.</source>
        <translation>Ráster con muchas bandas: ENVI, GeoTIFF o lo que lea GDAL.</translation>
    </message>
    <message>
        <source>Training areas</source>
        <translation>Áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Polygons, lines or points of known cover, at least two classes.</source>
        <translation>Polígonos, líneas o puntos de cobertura conocida, al menos dos clases.</translation>
    </message>
    <message>
        <source>Class field</source>
        <translation>Campo de clase</translation>
    </message>
    <message>
        <source>Text or number that names the class. If the layer is categorised by this field, its labels and colours become those of the map. Empty takes the field that the layer is categorised by, or its only text field.</source>
        <translation>Texto o número que nombra la clase. Si la capa está categorizada por este campo, sus etiquetas y colores pasan a ser los del mapa. Vacío: el campo por el que la capa está categorizada, o su único campo de texto.</translation>
    </message>
    <message>
        <source>More training areas</source>
        <translation>Más áreas de entrenamiento</translation>
    </message>
    <message>
        <source>A second layer of areas, as those of 'Suggest areas to label next' once you have set their classes; its class field has the same name. Areas without a class are left out.</source>
        <translation>Una segunda capa de áreas, como la de «Sugerir áreas para etiquetar» una vez puestas sus clases; su campo de clase tiene el mismo nombre. Las áreas sin clase se omiten.</translation>
    </message>
    <message>
        <source>Test areas</source>
        <translation>Áreas de prueba</translation>
    </message>
    <message>
        <source>Areas that are scored and never trained on; their classes are in a field of the same name.</source>
        <translation>Áreas que se evalúan y nunca se entrenan; sus clases están en un campo del mismo nombre.</translation>
    </message>
    <message>
        <source>Initial model</source>
        <translation>Modelo inicial</translation>
    </message>
    <message>
        <source>Model to continue training from: takes a fraction of the time of a new training. Give its old areas and the new ones together; new classes may be among them. Its classes, bands, normalisation, superpixels and network are kept, and areas that were held out of it are held out again.</source>
        <translation>Modelo del que se parte: tarda una fracción de un entrenamiento nuevo. Dé juntas sus áreas antiguas y las nuevas; puede haber clases nuevas. Se conservan sus clases, bandas, normalización, superpíxeles y red, y las áreas que se apartaron se apartan de nuevo.</translation>
    </message>
    <message>
        <source>MIAF-Net model</source>
        <translation>Modelo MIAF-Net</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Preajuste</translation>
    </message>
    <message>
        <source>How long to train. quick: {quick} epochs, for a first look. standard: {standard}. best: {best}, in twice the time, and rarely much better. 'Epochs' under the advanced parameters goes before it.</source>
        <translation>Cuánto se entrena. quick: {quick} épocas, para un primer vistazo. standard: {standard}. best: {best}, en el doble de tiempo y rara vez mucho mejor. «Épocas» en los parámetros avanzados tiene prioridad.</translation>
    </message>
    <message>
        <source>Label raster, instead of training areas</source>
        <translation>Ráster de etiquetas, en vez de áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Raster of class values on the cube's grid, 0 where the cover is not known. Its legend, or its category names and colours, become the map's.</source>
        <translation>Ráster de valores de clase en la malla del cubo, 0 donde no se conoce la cobertura. Su leyenda, o sus nombres de categorías y colores, pasan a ser los del mapa.</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>Máscara</translation>
    </message>
    <message>
        <source>Which pixels count; the others are neither trained on nor mapped. Polygons: what lies inside. Raster of one band on the cube's pixels: what is neither 0 nor nodata.</source>
        <translation>Qué píxeles cuentan; los demás ni se entrenan ni se cartografían. Polígonos: lo que queda dentro. Ráster de una banda en los píxeles del cubo: lo que no es 0 ni nodata.</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>Entradas</translation>
    </message>
    <message>
        <source>More cubes to train on</source>
        <translation>Más cubos para entrenar</translation>
    </message>
    <message>
        <source>Further scenes of the same sensor. The training areas lie across all of them; the map is that of the cube above.</source>
        <translation>Otras escenas del mismo sensor. Las áreas de entrenamiento se reparten por todas; el mapa es el del cubo de arriba.</translation>
    </message>
    <message>
        <source>model: band statistics of all cubes together, or of the initial model. scene: those of each cube by itself, for cubes of different light or calibration; classify with 'scene' then, too.</source>
        <translation>model: estadísticas de bandas de todos los cubos juntos, o del modelo inicial. scene: las de cada cubo por sí solo, para cubos de distinta luz o calibración; clasifique entonces también con «scene».</translation>
    </message>
    <message>
        <source>Normalise by the statistics of</source>
        <translation>Normalizar con las estadísticas de</translation>
    </message>
    <message>
        <source>Wavelengths left out (nm)</source>
        <translation>Longitudes de onda omitidas (nm)</translation>
    </message>
    <message>
        <source>Wavelengths in nanometres whose bands are left out, as 1350-1430,1800-1970 (absorbed by water vapour); empty uses all.</source>
        <translation>Longitudes de onda en nanómetros cuyas bandas se omiten, como 1350-1430,1800-1970 (absorbidas por el vapor de agua); vacío usa todas.</translation>
    </message>
    <message>
        <source>Hold out for the accuracy figures</source>
        <translation>Apartar para la exactitud</translation>
    </message>
    <message>
        <source>How accuracy is measured. matched: cross-validation in folds as far from the training areas as the map is, and the map learns every area. Otherwise a share is held out: polygons (of a label raster: ends of its regions), blocks, random pixels (figures too high), or none.</source>
        <translation>Cómo se mide la exactitud. matched: validación cruzada en pliegues tan alejados de las áreas de entrenamiento como el mapa, y el mapa aprende todas las áreas. Si no, se reserva una parte: polígonos (de un ráster de etiquetas: extremos de sus regiones), bloques, píxeles al azar (cifras demasiado altas) o nada.</translation>
    </message>
    <message>
        <source>Share held out (%)</source>
        <translation>Parte apartada (%)</translation>
    </message>
    <message>
        <source>Share of each class in the test set, in percent.</source>
        <translation>Parte de cada clase en el conjunto de prueba, en tanto por ciento.</translation>
    </message>
    <message>
        <source>Validation set that chooses the epoch (%)</source>
        <translation>Parte de validación que elige la época (%)</translation>
    </message>
    <message>
        <source>Share of the training areas that is the validation set: it chooses the epoch (early stopping), is trained on afterwards, and is never scored; in percent. 0 takes the last epoch.</source>
        <translation>Parte de las áreas de entrenamiento que forma el conjunto de validación: elige la época (parada temprana), se entrena después y nunca se evalúa; en porcentaje. 0 toma la última época.</translation>
    </message>
    <message>
        <source>Folds of a cross-validation by polygon</source>
        <translation>Partes de una validación cruzada por polígono</translation>
    </message>
    <message>
        <source>Number of folds of the cross-validation. With matched, 1 lets the engine choose. With polygons, 1 scores the held-out share; 2 or more score each polygon once, by a model trained without it, and the map learns all areas.</source>
        <translation>Número de pliegues de la validación cruzada. Con matched, 1 deja elegir al motor. Con polygons, 1 evalúa la parte reservada; 2 o más evalúan cada polígono una vez, con un modelo entrenado sin él, y el mapa aprende todas las áreas.</translation>
    </message>
    <message>
        <source>Train on the test areas too before mapping</source>
        <translation>Entrenar también con las áreas de prueba antes de cartografiar</translation>
    </message>
    <message>
        <source>After scoring, continue training briefly on all areas, test areas included: a better map. The figures are those of the model before, and no test set is left for the final one.</source>
        <translation>Tras la evaluación, continuar brevemente el entrenamiento con todas las áreas, también las de prueba: un mapa mejor. Las cifras son las del modelo anterior, y no queda conjunto de prueba para el final.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Semilla</translation>
    </message>
    <message>
        <source>The same seed, device and versions give the same split and the same map.</source>
        <translation>Las mismas semilla, dispositivo y versiones dan la misma división y el mismo mapa.</translation>
    </message>
    <message>
        <source>Continue an interrupted training</source>
        <translation>Continuar un entrenamiento interrumpido</translation>
    </message>
    <message>
        <source>If a training of the same inputs and settings was cancelled or interrupted, it continues where it stopped and ends as if it had never stopped. The state is saved every 30 seconds, for up to 14 days. Off: start again.</source>
        <translation>Si un entrenamiento con las mismas entradas y ajustes se canceló o se cortó, sigue donde estaba y acaba como si nunca hubiera parado. El estado se guarda cada 30 segundos, hasta 14 días. Sin marcar: empezar de nuevo.</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Entrenamiento</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Épocas</translation>
    </message>
    <message>
        <source>Passes over the training scene.</source>
        <translation>Pasadas por la escena de entrenamiento.</translation>
    </message>
    <message>
        <source>Leave empty to use the preset's value.</source>
        <translation>Déjelo vacío para usar el valor del preajuste.</translation>
    </message>
    <message>
        <source>Final epochs with all training areas (%)</source>
        <translation>Últimas épocas con todas las áreas (%)</translation>
    </message>
    <message>
        <source>Once early stopping has chosen the epoch, training continues with the validation set included for this share of the epochs, in percent; 0 keeps the chosen epoch. Test pixels are never included.</source>
        <translation>Una vez que la parada temprana ha elegido la época, el entrenamiento continúa con el conjunto de validación incluido durante esta parte de las épocas, en tanto por ciento; 0 conserva la época elegida. Los píxeles de prueba nunca se incluyen.</translation>
    </message>
    <message>
        <source>Share of the epochs in continued training (%)</source>
        <translation>Parte de las épocas al continuar (%)</translation>
    </message>
    <message>
        <source>Share of the epochs used to continue training from an initial model, in percent.</source>
        <translation>Parte de las épocas para continuar el entrenamiento desde un modelo inicial, en tanto por ciento.</translation>
    </message>
    <message>
        <source>Share of the learning rate in continued training (%)</source>
        <translation>Parte de la tasa de aprendizaje al continuar (%)</translation>
    </message>
    <message>
        <source>Share of the learning rate used to continue training from an initial model, in percent; low, so that it forgets little.</source>
        <translation>Parte de la tasa de aprendizaje para continuar el entrenamiento desde un modelo inicial, en tanto por ciento; baja, para que olvide poco.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Tasa de aprendizaje</translation>
    </message>
    <message>
        <source>Largest learning rate of the one-cycle schedule.</source>
        <translation>Mayor tasa de aprendizaje del plan de un ciclo.</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Decaimiento de pesos</translation>
    </message>
    <message>
        <source>Decoupled weight decay of AdamW.</source>
        <translation>Decaimiento de pesos desacoplado de AdamW.</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>Suavizado de etiquetas</translation>
    </message>
    <message>
        <source>Probability mass given to the other classes.</source>
        <translation>Probabilidad que se da a las otras clases.</translation>
    </message>
    <message>
        <source>Weight of small classes (power)</source>
        <translation>Peso de las clases pequeñas (potencia)</translation>
    </message>
    <message>
        <source>Weight of a class is its pixel count to minus this power: 0 gives all pixels the same weight, 1 all classes.</source>
        <translation>El peso de una clase es su número de píxeles elevado a menos esta potencia: 0 da el mismo peso a todos los píxeles, 1 a todas las clases.</translation>
    </message>
    <message>
        <source>Input noise</source>
        <translation>Ruido de entrada</translation>
    </message>
    <message>
        <source>Standard deviation of the noise added to each normalised band in training; it and the dropout weaken where there are more than 100 training areas.</source>
        <translation>Desviación típica del ruido que se suma a cada banda normalizada al entrenar; este y el dropout se debilitan con más de 100 áreas de entrenamiento.</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>Red</translation>
    </message>
    <message>
        <source>Width of the network (features)</source>
        <translation>Anchura de la red (rasgos)</translation>
    </message>
    <message>
        <source>Number of features that every branch works with.</source>
        <translation>Número de rasgos con que trabaja cada rama.</translation>
    </message>
    <message>
        <source>Convolution kernel sizes, small to large</source>
        <translation>Tamaños de los núcleos de convolución, de menor a mayor</translation>
    </message>
    <message>
        <source>Convolution kernel size in pixels, odd, one value a scale.</source>
        <translation>Tamaño del núcleo de convolución en píxeles, impar, un valor por escala.</translation>
    </message>
    <message>
        <source>Dropout (share of features)</source>
        <translation>Dropout (parte de los rasgos)</translation>
    </message>
    <message>
        <source>Share of shallow features dropped in training.</source>
        <translation>Parte de los rasgos superficiales que se omite al entrenar.</translation>
    </message>
    <message>
        <source>Use the graph branch</source>
        <translation>Usar la rama de grafo</translation>
    </message>
    <message>
        <source>Use the superpixel graph branch.</source>
        <translation>Usar la rama del grafo de superpíxeles.</translation>
    </message>
    <message>
        <source>Use the convolution branch</source>
        <translation>Usar la rama de convolución</translation>
    </message>
    <message>
        <source>Use the convolution branch.</source>
        <translation>Usar la rama de convolución.</translation>
    </message>
    <message>
        <source>Let the branches weigh each other</source>
        <translation>Dejar que las ramas se ponderen</translation>
    </message>
    <message>
        <source>Let each branch be weighted by attention from the other.</source>
        <translation>Cada rama se pondera por la atención de la otra.</translation>
    </message>
    <message>
        <source>Fuse the scales by attention</source>
        <translation>Fusionar las escalas por atención</translation>
    </message>
    <message>
        <source>Fuse the scales by attention; if not, by their mean.</source>
        <translation>Fusionar las escalas por atención; si no, por su media.</translation>
    </message>
    <message>
        <source>Ensemble with a head for each branch</source>
        <translation>Conjunto con una cabeza por rama</translation>
    </message>
    <message>
        <source>Map with an ensemble of heads, one for each branch and three for the spectrum: more accurate on fields without training areas. Without it the head of the fused features makes the map.</source>
        <translation>Cartografiar con un conjunto de cabezas, una por rama y tres para el espectro: más exacto en campos sin áreas de entrenamiento. Sin él, la cabeza de las características fusionadas hace el mapa.</translation>
    </message>
    <message>
        <source>Superpixels of the network</source>
        <translation>Superpíxeles de la red</translation>
    </message>
    <message>
        <source>Pixels per superpixel, small to large</source>
        <translation>Píxeles por superpíxel, de menor a mayor</translation>
    </message>
    <message>
        <source>Mean number of pixels in a superpixel, one value a scale, small to large; auto follows from how far pixels of the scene resemble each other.</source>
        <translation>Número medio de píxeles de un superpíxel, un valor por escala, de menor a mayor; auto lo deduce de hasta qué distancia se parecen los píxeles de la escena.</translation>
    </message>
    <message>
        <source>Compactness of the superpixels</source>
        <translation>Compacidad de los superpíxeles</translation>
    </message>
    <message>
        <source>Spectral distance that weighs as much as the side of a superpixel, in units of the spread within classes: larger gives rounder superpixels.</source>
        <translation>Distancia espectral que pesa tanto como el lado de un superpíxel, en unidades de la dispersión dentro de las clases: mayor da superpíxeles más redondos.</translation>
    </message>
    <message>
        <source>Components for the superpixels</source>
        <translation>Componentes para los superpíxeles</translation>
    </message>
    <message>
        <source>Projected components that superpixels are made from.</source>
        <translation>Componentes proyectadas de las que se hacen los superpíxeles.</translation>
    </message>
    <message>
        <source>Projection for the superpixels</source>
        <translation>Proyección para los superpíxeles</translation>
    </message>
    <message>
        <source>Projection for the superpixels: lda separates the training classes, pca uses no labels.</source>
        <translation>Proyección para los superpíxeles: lda separa las clases de entrenamiento, pca no usa etiquetas.</translation>
    </message>
    <message>
        <source>Computing</source>
        <translation>Cálculo</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Where the network is computed: auto takes a graphics card where there is one; cuda:N is the card of that number; mps is Apple's.</source>
        <translation>Dónde se calcula la red: auto toma una tarjeta gráfica donde la haya; cuda:N es la tarjeta de ese número; mps la de Apple.</translation>
    </message>
    <message>
        <source>Memory budget (MiB)</source>
        <translation>Memoria disponible (MiB)</translation>
    </message>
    <message>
        <source>Memory that the engine may use; 0 lets it choose.</source>
        <translation>Memoria que puede usar el motor; 0 le deja elegir.</translation>
    </message>
    <message>
        <source>Creation options of the rasters</source>
        <translation>Opciones de creación de los rásteres</translation>
    </message>
    <message>
        <source>GDAL creation options, NAME=VALUE, parted by |. Empty: GeoTIFF is tiled and compressed.</source>
        <translation>Opciones de creación de GDAL, NOMBRE=VALOR, separadas por |. Vacío: GeoTIFF en teselas y comprimido.</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Mapa</translation>
    </message>
    <message>
        <source>Leave out below this confidence</source>
        <translation>Dejar fuera por debajo de esta confianza</translation>
    </message>
    <message>
        <source>Pixels whose confidence is lower get 0, unclassified, in the map; 0 to 1, and 0 leaves none out. The confidence raster keeps their values.</source>
        <translation>Los píxeles con menor confianza reciben 0, sin clasificar, en el mapa; de 0 a 1, y 0 no deja ninguno fuera. El ráster de confianza conserva sus valores.</translation>
    </message>
    <message>
        <source>Leave out what is unlike the areas</source>
        <translation>Dejar fuera lo que no se parece a las áreas</translation>
    </message>
    <message>
        <source>Pixels whose spectra are unlike all training areas get 0, unclassified, in the map: a road that nobody drew does not come out as a field.</source>
        <translation>Los píxeles cuyos espectros no se parecen a ninguna área de entrenamiento reciben 0, sin clasificar, en el mapa: una carretera que nadie dibujó no aparece como campo de cultivo.</translation>
    </message>
    <message>
        <source>Class map</source>
        <translation>Mapa de clases</translation>
    </message>
    <message>
        <source>Map of the classes on the cube's grid; 0 is unclassified.</source>
        <translation>Mapa de las clases en la malla del cubo; 0 es sin clasificar.</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Confianza</translation>
    </message>
    <message>
        <source>Probability of the class that the map shows, 0 to 1, calibrated on areas held out in turn: on land like the drawn areas, about 80 % of the pixels with 0.8 are right.</source>
        <translation>Probabilidad de la clase que muestra el mapa, de 0 a 1, calibrada en áreas apartadas por turnos: en terreno como el de las áreas dibujadas, alrededor del 80 % de los píxeles con 0.8 son correctos.</translation>
    </message>
    <message>
        <source>Class probabilities</source>
        <translation>Probabilidades de las clases</translation>
    </message>
    <message>
        <source>Probability of every class, one band each.</source>
        <translation>Probabilidad de cada clase, una banda cada una.</translation>
    </message>
    <message>
        <source>Entropy</source>
        <translation>Entropía</translation>
    </message>
    <message>
        <source>How evenly the classes share the probability: 0 where one class is sure, 1 where all are alike.</source>
        <translation>Cuánto se reparten las clases la probabilidad: 0 si una clase es segura, 1 si todas son iguales.</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Margen</translation>
    </message>
    <message>
        <source>Lead of the class that the map shows over the next likely one, 0 to 1; near 0 the two are all but a tie.</source>
        <translation>Ventaja de la clase que muestra el mapa sobre la siguiente, de 0 a 1; cerca de 0 casi empatan.</translation>
    </message>
    <message>
        <source>Area of applicability</source>
        <translation>Área de aplicabilidad</translation>
    </message>
    <message>
        <source>Band 1: how unlike the training areas each pixel's spectrum is. Band 2: 1 where it is like them, 0 where the map is a guess.</source>
        <translation>Banda 1: cuánto difiere el espectro de cada píxel de las áreas de entrenamiento. Banda 2: 1 donde se les parece, 0 donde el mapa es una conjetura.</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>File of the trained network, for 'Classify with a model'.</source>
        <translation>Archivo de la red entrenada, para «Clasificar con un modelo».</translation>
    </message>
    <message>
        <source>Accuracy report</source>
        <translation>Informe de exactitud</translation>
    </message>
    <message>
        <source>Accuracy to expect of the map and of each class, with plots; its numbers go beside it as JSON and CSV.</source>
        <translation>Exactitud que cabe esperar del mapa y de cada clase, con gráficos; sus cifras quedan al lado como JSON y CSV.</translation>
    </message>
    <message>
        <source>HTML files</source>
        <translation>Archivos HTML</translation>
    </message>
    <message>
        <source>Overall accuracy</source>
        <translation>Exactitud global</translation>
    </message>
    <message>
        <source>Average accuracy</source>
        <translation>Exactitud media</translation>
    </message>
    <message>
        <source>Kappa</source>
        <translation>Kappa</translation>
    </message>
    <message>
        <source>Train model</source>
        <translation>Entrenar modelo</translation>
    </message>
    <message>
        <source>Train a MIAF-Net model from a cube and training areas</source>
        <translation>Entrenar un modelo MIAF-Net desde un cubo y áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Trains a network on the areas of known cover and writes it to a model file, which 'Classify with a model' uses on this scene and on others of the same sensor.

The model learns every area. The figures in the report come from models that were each trained without some of the areas and are scored on those. Areas in 'Test areas' are scored and never trained on.</source>
        <translation>Entrena una red con las áreas de cobertura conocida y la escribe en un archivo de modelo, que «Clasificar con un modelo» usa en esta escena y en otras del mismo sensor.

El modelo aprende todas las áreas. Las cifras del informe proceden de modelos entrenados cada uno sin una parte de las áreas y evaluados en ella. Las áreas de «Áreas de prueba» se evalúan y nunca se entrenan.</translation>
    </message>
    <message>
        <source>hyperspectral,classification,train,learn,deep learning,neural network,land cover,remote sensing,supervised</source>
        <translation>hiperespectral,clasificación,entrenar,aprender,aprendizaje profundo,red neuronal,cobertura del suelo,teledetección,supervisada</translation>
    </message>
    <message>
        <source>Classify with a model</source>
        <translation>Clasificar con un modelo</translation>
    </message>
    <message>
        <source>Make a land-cover map with a model trained before</source>
        <translation>Hacer un mapa de cobertura del suelo con un modelo ya entrenado</translation>
    </message>
    <message>
        <source>Makes a land-cover map with a model that was trained before, on the same scene or on another one.

Bands are matched by wavelength. A cube that lacks bands the model was trained on is refused, and the message names them; for another sensor let bands be interpolated. If the scene's values lie far from those of the training scene, a warning says so; normalising by the scene may help. A model holds what it saw: on another date or sensor, check the map with 'Assess accuracy'.</source>
        <translation>Hace un mapa de cobertura del suelo con un modelo entrenado antes, en la misma escena o en otra.

Las bandas se emparejan por longitud de onda. Un cubo al que le faltan bandas del modelo se rechaza, y el mensaje las nombra; para otro sensor deje interpolar las bandas. Si los valores de la escena distan mucho de los de la escena de entrenamiento, un aviso lo dice; normalizar con la escena puede ayudar. Un modelo sabe lo que vio: en otra fecha u otro sensor, compruebe el mapa con «Evaluar la exactitud».</translation>
    </message>
    <message>
        <source>hyperspectral,classification,predict,land cover,deep learning,neural network,remote sensing,map</source>
        <translation>hiperespectral,clasificación,predicción,cobertura del suelo,aprendizaje profundo,red neuronal,teledetección,mapa</translation>
    </message>
    <message>
        <source>Raster with the bands that the model was trained on.</source>
        <translation>Ráster con las bandas con que se entrenó el modelo.</translation>
    </message>
    <message>
        <source>File written by 'Train model' or 'Classify from training areas'.</source>
        <translation>Archivo escrito por «Entrenar modelo» o «Clasificar desde áreas de entrenamiento».</translation>
    </message>
    <message>
        <source>Extent</source>
        <translation>Extensión</translation>
    </message>
    <message>
        <source>Part of the cube to classify, in any CRS; empty takes all of it.</source>
        <translation>Parte del cubo por clasificar, en cualquier SRC; vacío lo toma entero.</translation>
    </message>
    <message>
        <source>Interpolate bands</source>
        <translation>Interpolar bandas</translation>
    </message>
    <message>
        <source>Lets the model's bands be interpolated between those of a cube of another sensor. Bands outside its range or in gaps over 30 nm are refused.</source>
        <translation>Permite interpolar las bandas del modelo entre las de un cubo de otro sensor. Se rechazan bandas fuera de su rango o en huecos de más de 30 nm.</translation>
    </message>
    <message>
        <source>model: band statistics of the training scene. scene: those of this scene, for another atmosphere or calibration; it should hold about the same cover.</source>
        <translation>model: estadísticas de bandas de la escena de entrenamiento. scene: las de esta escena, para otra atmósfera o calibración; debería tener más o menos la misma cobertura.</translation>
    </message>
    <message>
        <source>Classify several cubes with a model</source>
        <translation>Clasificar varios cubos con un modelo</translation>
    </message>
    <message>
        <source>Make a land-cover map of each of several cubes with one model</source>
        <translation>Hacer un mapa de cobertura del suelo de cada uno de varios cubos con un modelo</translation>
    </message>
    <message>
        <source>Makes a land-cover map of each cube in a list, all with one model, as for flight lines of one sensor. The maps go into a folder as NAME_map.tif and NAME_confidence.tif if asked for, where NAME is that of the cube's file. A cube that cannot be classified is reported and the others are done all the same; only if none succeeds does the run fail.</source>
        <translation>Hace un mapa de cobertura del suelo de cada cubo de una lista, todos con un modelo, como para líneas de vuelo de un sensor. Los mapas van a una carpeta como NAME_map.tif y, si se pide, NAME_confidence.tif, donde NAME es el del archivo del cubo. Un cubo que no se puede clasificar se comunica y los demás se hacen igualmente; la ejecución solo falla si ninguno sale.</translation>
    </message>
    <message>
        <source>hyperspectral,classification,batch,flight lines,mosaic,land cover,deep learning</source>
        <translation>hiperespectral,clasificación,lote,líneas de vuelo,mosaico,cobertura del suelo,aprendizaje profundo</translation>
    </message>
    <message>
        <source>Hyperspectral cubes</source>
        <translation>Cubos hiperespectrales</translation>
    </message>
    <message>
        <source>Rasters with the bands that the model was trained on.</source>
        <translation>Rásteres con las bandas con que se entrenó el modelo.</translation>
    </message>
    <message>
        <source>Write confidence rasters too</source>
        <translation>Escribir también rásteres de confianza</translation>
    </message>
    <message>
        <source>Probability of the class that each map shows, 0 to 1.</source>
        <translation>Probabilidad de la clase que muestra cada mapa, de 0 a 1.</translation>
    </message>
    <message>
        <source>Folder of maps</source>
        <translation>Carpeta de mapas</translation>
    </message>
    <message>
        <source>Class maps</source>
        <translation>Mapas de clases</translation>
    </message>
    <message>
        <source>Maps made</source>
        <translation>Mapas hechos</translation>
    </message>
    <message>
        <source>Cubes failed</source>
        <translation>Cubos fallidos</translation>
    </message>
    <message>
        <source>Draw a reference sample</source>
        <translation>Extraer una muestra de referencia</translation>
    </message>
    <message>
        <source>Draw points at random, to learn how accurate a whole map is</source>
        <translation>Extraer puntos al azar para saber cuán exacto es un mapa entero</translation>
    </message>
    <message>
        <source>Draws points at random from a class map. Once a person has looked up the cover of each point, 'Assess accuracy' knows how the points were drawn and gives accuracies and class areas of the whole map with their 95 % intervals, also of another map of the same place.

How many points there are follows from the half width of the interval that you want (Cochran; Olofsson et al. 2014, equation 13) and from how accurate you expect the map to be. A stratified sample draws in each class of the map. Its points are shared out by the classes' area, in equal numbers, or as a compromise: rare classes get the minimum, and the others share the rest by area.

To fill in the sample: toggle editing of the layer, open the form of each point in the order of its numbers, and choose its class from the list; 'other' is for cover that the map does not know. Go by what is at the point itself, in a better picture or in the field. What the map says there is hidden, so that it sways nobody. Leave the other fields as they are: they tell how the points were drawn.</source>
        <translation>Extrae puntos al azar de un mapa de clases. Cuando alguien haya comprobado la cobertura de cada punto, «Evaluar la exactitud» sabe cómo se extrajeron y da las exactitudes y las superficies de las clases de todo el mapa con sus intervalos del 95 %, también de otro mapa del mismo lugar.

El número de puntos resulta de la semianchura del intervalo que se desea (Cochran; Olofsson et al. 2014, ecuación 13) y de cuán exacto se espera que sea el mapa. Una muestra estratificada extrae puntos en cada clase del mapa. Sus puntos se reparten según la superficie de las clases, en números iguales o como compromiso: las clases raras reciben el mínimo y las demás se reparten el resto según su superficie.

Para rellenar la muestra, conmute la edición de la capa, abra el formulario de cada punto en el orden de sus números y elija su clase en la lista; «other» es para coberturas que el mapa no conoce. Guíese por lo que hay en el punto mismo, en una imagen mejor o en el terreno. Lo que el mapa dice allí está oculto, para que no influya en nadie. Deje los demás campos como están: dicen cómo se extrajeron los puntos.</translation>
    </message>
    <message>
        <source>accuracy,reference,validation,sampling design,random points,stratified,area estimation,Olofsson</source>
        <translation>exactitud,referencia,validación,diseño muestral,puntos aleatorios,estratificado,estimación de superficies,Olofsson</translation>
    </message>
    <message>
        <source>Raster of class values, as the classify algorithms write.</source>
        <translation>Ráster de valores de clase, como los escriben los algoritmos de clasificación.</translation>
    </message>
    <message>
        <source>Half width of the interval of the overall accuracy</source>
        <translation>Semianchura del intervalo de la exactitud global</translation>
    </message>
    <message>
        <source>Expected accuracy</source>
        <translation>Exactitud esperada</translation>
    </message>
    <message>
        <source>Fewest points of a class</source>
        <translation>Mínimo de puntos por clase</translation>
    </message>
    <message>
        <source>Sampling method</source>
        <translation>Método de muestreo</translation>
    </message>
    <message>
        <source>stratified: at random in each class of the map. simple: at random over the whole map. systematic: a square lattice with a random start; its intervals take it for a simple sample, which is cautious unless the land repeats itself at the lattice's distance.</source>
        <translation>stratified: al azar en cada clase del mapa. simple: al azar en todo el mapa. systematic: una retícula cuadrada que empieza al azar; sus intervalos la toman por una muestra simple, lo que es prudente salvo que el terreno se repita a la distancia de la retícula.</translation>
    </message>
    <message>
        <source>Of the 95 % interval, as a fraction: 0.05 for 5 percentage points to either side; numbers from 1 on are percentage points. Half the width takes four times the points.</source>
        <translation>Del intervalo del 95 %, como fracción: 0.05 para 5 puntos porcentuales a cada lado; los números desde 1 son puntos porcentuales. La mitad de la anchura requiere cuatro veces más puntos.</translation>
    </message>
    <message>
        <source>User's accuracy that you expect, as a fraction: one for all classes, or one for each in the order of their values, with commas. A lower one gives more points; 0.5 is safe for any map.</source>
        <translation>Exactitud del usuario que se espera, como fracción: una para todas las clases, o una por clase en el orden de sus valores, con comas. Una menor da más puntos; 0.5 es segura para cualquier mapa.</translation>
    </message>
    <message>
        <source>Points by class</source>
        <translation>Puntos por clase</translation>
    </message>
    <message>
        <source>Of a stratified sample. compromise: the minimum for rare classes, the rest by area. equal: as many in each class, for its user's accuracy. proportional: by area, for the overall accuracy.</source>
        <translation>De una muestra estratificada. compromise: el mínimo para las clases raras, el resto según la superficie. equal: los mismos en cada clase, para su exactitud del usuario. proportional: según la superficie, para la exactitud global.</translation>
    </message>
    <message>
        <source>Of a stratified sample; a class with fewer pixels gives all of them. Olofsson et al. (2014) advise 50 to 100.</source>
        <translation>De una muestra estratificada; una clase con menos píxeles los da todos. Olofsson et al. (2014) aconsejan de 50 a 100.</translation>
    </message>
    <message>
        <source>The same seed draws the same points; another one, others.</source>
        <translation>La misma semilla extrae los mismos puntos; otra, otros.</translation>
    </message>
    <message>
        <source>Show the class of the map</source>
        <translation>Mostrar la clase del mapa</translation>
    </message>
    <message>
        <source>Adds a field with the class of the map at each point. Who sees it tends to agree with it, so leave it out for an accuracy that others are to trust.</source>
        <translation>Añade un campo con la clase del mapa en cada punto. Quien la ve tiende a darle la razón; omítalo si otros han de confiar en la exactitud.</translation>
    </message>
    <message>
        <source>Reference sample</source>
        <translation>Muestra de referencia</translation>
    </message>
    <message>
        <source>GeoPackage of numbered points with a list of classes to choose.</source>
        <translation>GeoPackage de puntos numerados con una lista de clases para elegir.</translation>
    </message>
    <message>
        <source>Number of points</source>
        <translation>Número de puntos</translation>
    </message>
    <message>
        <source>Assess accuracy</source>
        <translation>Evaluar la exactitud</translation>
    </message>
    <message>
        <source>Score a class map against areas of known cover</source>
        <translation>Evaluar un mapa de clases con áreas de cobertura conocida</translation>
    </message>
    <message>
        <source>Compares a class map with areas of known cover and writes the confusion matrix, overall and average accuracy, kappa, and producer's and user's accuracy, F1 and IoU of each class, with 95 % intervals that take each area, not each pixel, for a sample. Classes are matched by name or, failing that, by value.

Use areas that the map was not trained on. A class map does not record its training areas: give them as 'Areas to leave out' if the reference may overlap them, or give the model that made the map, to be warned of reference areas among them.

Points from 'Draw a reference sample' are recognised: the report then shows accuracies and class areas in hectares of the whole map with their 95 % intervals, for this map or another one of the same place. If the reference is a random sample from elsewhere, tick 'Reference is a probability sample': they are then adjusted after Olofsson et al. (2014). 'Map to compare with' scores a second map on the same reference and tests the difference (McNemar).</source>
        <translation>Compara un mapa de clases con áreas de cobertura conocida y escribe la matriz de confusión, las exactitudes global y media, kappa, y las exactitudes del productor y del usuario, F1 e IoU de cada clase, con intervalos del 95 % que toman cada área, no cada píxel, como muestra. Las clases se emparejan por nombre o, si no, por valor.

Use áreas con las que no se entrenó el mapa. Un mapa de clases no guarda sus áreas de entrenamiento: indíquelas como «Áreas por omitir» si la referencia puede solaparlas, o dé el modelo que hizo el mapa, y se advertirá de las áreas de referencia que estén entre ellas.

Los puntos de «Extraer una muestra de referencia» se reconocen: el informe muestra entonces las exactitudes y las superficies de las clases en hectáreas de todo el mapa con sus intervalos del 95 %, de este mapa o de otro del mismo lugar. Si la referencia se sorteó de otro modo, marque «La referencia es una muestra probabilística», y se ajustan según Olofsson et al. (2014). «Mapa con que comparar» evalúa un segundo mapa con la misma referencia y prueba la diferencia (McNemar).</translation>
    </message>
    <message>
        <source>accuracy,confusion matrix,kappa,validation,error matrix,F1,IoU,McNemar,area estimation,Olofsson</source>
        <translation>exactitud,matriz de confusión,kappa,validación,matriz de error,F1,IoU,McNemar,estimación de superficie,Olofsson</translation>
    </message>
    <message>
        <source>Reference areas</source>
        <translation>Áreas de referencia</translation>
    </message>
    <message>
        <source>Polygons, lines or points whose cover is known.</source>
        <translation>Polígonos, líneas o puntos cuya cobertura se conoce.</translation>
    </message>
    <message>
        <source>Reference raster, instead of reference areas</source>
        <translation>Ráster de referencia, en vez de áreas de referencia</translation>
    </message>
    <message>
        <source>Raster of class values on the map's grid, 0 where the cover is not known.</source>
        <translation>Ráster de valores de clase en la malla del mapa, 0 donde no se conoce la cobertura.</translation>
    </message>
    <message>
        <source>Areas to leave out</source>
        <translation>Áreas por omitir</translation>
    </message>
    <message>
        <source>Pixels in these areas are not scored, as those of the training areas.</source>
        <translation>Los píxeles de estas áreas no se evalúan, como los de las áreas de entrenamiento.</translation>
    </message>
    <message>
        <source>Model that made the map</source>
        <translation>Modelo que hizo el mapa</translation>
    </message>
    <message>
        <source>Its file records its training areas: reference areas among them make the figures too high, and a warning names them. Redrawn areas cannot be recognised.</source>
        <translation>Su archivo registra sus áreas de entrenamiento: las áreas de referencia que estén entre ellas dan cifras demasiado altas, y se advierte de ellas. Las áreas redibujadas no se reconocen.</translation>
    </message>
    <message>
        <source>Map to compare with</source>
        <translation>Mapa con que comparar</translation>
    </message>
    <message>
        <source>Another class map on the same grid, scored on the same reference.</source>
        <translation>Otro mapa de clases en la misma malla, evaluado con la misma referencia.</translation>
    </message>
    <message>
        <source>Reference is a probability sample</source>
        <translation>La referencia es una muestra probabilística</translation>
    </message>
    <message>
        <source>Tick only if the reference points were drawn by chance, within each class of the map or over the whole map. Areas drawn where it suited are no such sample. Points of 'Draw a reference sample' need no tick.</source>
        <translation>Marque solo si los puntos de referencia se sortearon, dentro de cada clase del mapa o en todo el mapa. Áreas dibujadas donde convenía no son tal muestra. Los puntos de «Extraer una muestra de referencia» no necesitan la marca.</translation>
    </message>
    <message>
        <source>Accuracies with their intervals, class by class; needs no network.</source>
        <translation>Exactitudes con sus intervalos, clase por clase; no necesita red.</translation>
    </message>
    <message>
        <source>Pixels of each reference class (rows) that the map gives each class (columns).</source>
        <translation>Píxeles de cada clase de referencia (filas) a los que el mapa da cada clase (columnas).</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Matriz de confusión</translation>
    </message>
    <message>
        <source>CSV files</source>
        <translation>Archivos CSV</translation>
    </message>
    <message>
        <source>Inspect cube and training areas</source>
        <translation>Inspeccionar cubo y áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Say what to know, and what to mend, before a training</source>
        <translation>Decir qué saber, y qué corregir, antes de un entrenamiento</translation>
    </message>
    <message>
        <source>Looks at a hyperspectral cube and, if you give them, at training areas, and writes a report: bands and wavelengths, pixels without data, areas and pixels of each class, mean spectra, how well the classes can be separated, and what is wrong, with the ids of the features.

Problems are worth mending before a training: areas of different classes that overlap, areas without a class or unlike the others of their class, classes that are too small or too much alike. Notes are good to know. Nothing is changed.</source>
        <translation>Examina un cubo hiperespectral y, si se dan, áreas de entrenamiento, y escribe un informe: bandas y longitudes de onda, píxeles sin datos, áreas y píxeles de cada clase, espectros medios, cuánto se distinguen las clases, y qué está mal, con los identificadores de los objetos.

Los problemas conviene corregirlos antes de entrenar: áreas de clases distintas que se solapan, áreas sin clase o distintas de las demás de su clase, clases demasiado pequeñas o demasiado parecidas. Las notas es bueno saberlas. No se cambia nada.</translation>
    </message>
    <message>
        <source>hyperspectral,check,quality,separability,Jeffries-Matusita,outliers,spectra,overlap</source>
        <translation>hiperespectral,comprobación,calidad,separabilidad,Jeffries-Matusita,valores atípicos,espectros,solape</translation>
    </message>
    <message>
        <source>Polygons, lines or points of known cover.</source>
        <translation>Polígonos, líneas o puntos de cobertura conocida.</translation>
    </message>
    <message>
        <source>Inspection report</source>
        <translation>Informe de inspección</translation>
    </message>
    <message>
        <source>What was found, with tables and mean spectra.</source>
        <translation>Lo que se encontró, con tablas y espectros medios.</translation>
    </message>
    <message>
        <source>Has problems</source>
        <translation>Tiene problemas</translation>
    </message>
    <message>
        <source>Number of problems</source>
        <translation>Número de problemas</translation>
    </message>
    <message>
        <source>Segment into superpixels</source>
        <translation>Segmentar en superpíxeles</translation>
    </message>
    <message>
        <source>Make polygons of alike pixels, to be labelled by a click</source>
        <translation>Hacer polígonos de píxeles parecidos, para etiquetar con un clic</translation>
    </message>
    <message>
        <source>Cuts a hyperspectral cube into small polygons of pixels that lie together and have like spectra. Their borders follow the pixels; together they cover every pixel with data once.

To make training areas without drawing: select polygons with a click, write a class into their field 'class' with the field calculator bar or the attribute table, and give the layer to 'Classify from training areas' with the class field 'class'. Polygons without a class are left out there.

Fields: pixels, area_ha, brightness (mean of all values) and bright_std (its standard deviation over the pixels), spread (how unlike the pixels' spectra are, in standard deviations of the scene: a large one holds several covers), neighbours and neighb_ids (what touches it by a side or a corner). A cube beyond the memory budget is cut in blocks, and superpixels end at their seams.</source>
        <translation>Corta un cubo hiperespectral en pequeños polígonos de píxeles que están juntos y tienen espectros parecidos. Sus bordes siguen los píxeles; juntos cubren una vez cada píxel con datos.

Áreas de entrenamiento sin dibujar: seleccione polígonos con un clic, escriba una clase en su campo «class» con la barra de la calculadora de campos o la tabla de atributos, y dé la capa a «Clasificar desde áreas de entrenamiento» con el campo de clase «class». Allí se omiten los polígonos sin clase.

Campos: pixels, area_ha, brightness (media de todos los valores) y bright_std (su desviación típica entre los píxeles), spread (cuánto difieren los espectros de los píxeles, en desviaciones típicas de la escena: si es grande hay varias coberturas), neighbours y neighb_ids (lo que toca por un lado o una esquina). Un cubo mayor que la memoria disponible se corta en bloques, y los superpíxeles acaban en sus costuras.</translation>
    </message>
    <message>
        <source>hyperspectral,SLIC,segmentation,objects,OBIA,labelling,training areas</source>
        <translation>hiperespectral,SLIC,segmentación,objetos,OBIA,etiquetado,áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Pixels per superpixel</source>
        <translation>Píxeles por superpíxel</translation>
    </message>
    <message>
        <source>Mean number of pixels in a superpixel.</source>
        <translation>Número medio de píxeles de un superpíxel.</translation>
    </message>
    <message>
        <source>Spectral distance that weighs as much as the side of a superpixel, in standard deviations of the last component: larger gives rounder superpixels.</source>
        <translation>Distancia espectral que pesa tanto como el lado de un superpíxel, en desviaciones típicas de la última componente: mayor da superpíxeles más redondos.</translation>
    </message>
    <message>
        <source>Principal components of the spectra that superpixels are made from.</source>
        <translation>Componentes principales de los espectros de las que se hacen los superpíxeles.</translation>
    </message>
    <message>
        <source>Mean of every band as a field</source>
        <translation>Media de cada banda como campo</translation>
    </message>
    <message>
        <source>Adds a field for each band used, nm_ and its wavelength or band_ and its number, with the superpixel's mean of the values in the file.</source>
        <translation>Añade un campo por cada banda usada, nm_ y su longitud de onda o band_ y su número, con la media de los valores del archivo en el superpíxel.</translation>
    </message>
    <message>
        <source>Superpixels</source>
        <translation>Superpíxeles</translation>
    </message>
    <message>
        <source>GeoPackage of polygons with an empty text field 'class'.</source>
        <translation>GeoPackage de polígonos con un campo de texto «class» vacío.</translation>
    </message>
    <message>
        <source>Number of superpixels</source>
        <translation>Número de superpíxeles</translation>
    </message>
    <message>
        <source>Suggest areas to label next</source>
        <translation>Sugerir áreas para etiquetar</translation>
    </message>
    <message>
        <source>Show where a few more training areas would help a model most</source>
        <translation>Mostrar dónde unas pocas áreas de entrenamiento más ayudarían más a un modelo</translation>
    </message>
    <message>
        <source>Ranks the superpixels of a cube by how much a model would gain from knowing their class, and writes the first ones as polygons: where the two most likely classes are close, of a fair size, and unlike the ones ranked before them. None overlaps an area that has a class already.

Toggle editing of the layer, open the attribute table or the form of an area, and choose its class from the list; leave it where you do not know the cover or where it holds several. Then train again with the layer as 'More training areas'; areas without a class are left out there. To ask once more, give the layer as 'Earlier suggestions': what you passed over does not come again, and what is like it ranks lower.

Fields: rank, the class to be set (named as in the model's training), predicted and runner_up (the most likely class and the next), reason, confidence (calibrated probability of the predicted class, mean over the pixels), margin (its lead over the next), entropy (0 sure, 1 all classes alike), pixels and area_ha.</source>
        <translation>Ordena los superpíxeles de un cubo por cuánto ganaría un modelo al conocer su clase, y escribe los primeros como polígonos: donde las dos clases más probables están cerca, de buen tamaño, y distintos de los anteriores. Ninguno solapa un área que ya tiene clase.

Conmute la edición de la capa, abra la tabla de atributos o el formulario de un área, y elija su clase de la lista; déjela donde no conozca la cobertura o haya varias. Entrene después otra vez con la capa como «Más áreas de entrenamiento»; allí se omiten las áreas sin clase. Para preguntar otra vez, dé la capa como «Sugerencias anteriores»: lo que dejó sin clase no vuelve a salir, y lo que se le parece queda más atrás.

Campos: rank (rango), la clase por poner (con el nombre que tuvo en el entrenamiento del modelo), predicted y runner_up (la clase más probable y la siguiente), reason (motivo), confidence (probabilidad calibrada de la clase predicha, media de los píxeles), margin (su ventaja), entropy (0 seguro, 1 todas iguales), pixels y area_ha.</translation>
    </message>
    <message>
        <source>hyperspectral,active learning,uncertainty,sampling,labelling,training areas,superpixels</source>
        <translation>hiperespectral,aprendizaje activo,incertidumbre,muestreo,etiquetado,áreas de entrenamiento,superpíxeles</translation>
    </message>
    <message>
        <source>Areas that have a class already</source>
        <translation>Áreas que ya tienen clase</translation>
    </message>
    <message>
        <source>Usually the training areas; no suggestion overlaps them.</source>
        <translation>Normalmente las áreas de entrenamiento; ninguna sugerencia las solapa.</translation>
    </message>
    <message>
        <source>Field of these areas that names the class; areas where it is empty do not count. The suggestions get a field of this name. Empty takes the field that the layer is categorised by, or its only text field.</source>
        <translation>Campo de estas áreas que nombra la clase; las áreas donde está vacío no cuentan. Las sugerencias reciben un campo de este nombre. Vacío: el campo por el que la capa está categorizada, o su único campo de texto.</translation>
    </message>
    <message>
        <source>Earlier suggestions or more training areas</source>
        <translation>Sugerencias anteriores o más áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Areas with a class count as labelled; areas left without one are not suggested again, and what is like them ranks lower. The class field has the same name in both layers.</source>
        <translation>Las áreas con clase cuentan como etiquetadas; las que quedaron sin ella no se sugieren de nuevo, y lo que se les parece queda más atrás. El campo de clase tiene el mismo nombre en ambas capas.</translation>
    </message>
    <message>
        <source>Number of suggestions</source>
        <translation>Número de sugerencias</translation>
    </message>
    <message>
        <source>With a larger number the first ones stay the same.</source>
        <translation>Con un número mayor, las primeras siguen siendo las mismas.</translation>
    </message>
    <message>
        <source>Mean size of the superpixels; 0 takes the model's own, of its middle scale.</source>
        <translation>Tamaño medio de los superpíxeles; 0 toma el del modelo, de su escala media.</translation>
    </message>
    <message>
        <source>Suggested areas</source>
        <translation>Áreas sugeridas</translation>
    </message>
    <message>
        <source>GeoPackage of ranked polygons with a list of classes to choose.</source>
        <translation>GeoPackage de polígonos ordenados con una lista de clases para elegir.</translation>
    </message>
    <message>
        <source>Number of suggested areas</source>
        <translation>Número de áreas sugeridas</translation>
    </message>
    <message>
        <source>Compare two maps</source>
        <translation>Comparar dos mapas</translation>
    </message>
    <message>
        <source>Show what changed from one class map to another, and where</source>
        <translation>Decir qué cambió de un mapa de clases a otro, y dónde</translation>
    </message>
    <message>
        <source>Compares two class maps, of two dates or of two models, and writes a map of the changes ('Corn -&gt; Woods'), the change matrix in pixels and hectares, and a report with the largest changes. What is unchanged is pale; changes have strong colours.

Classes are matched by name; by value where one of the maps has no names. If the map after lies on another grid, in another coordinate reference system too, each pixel of the map before is compared with the nearest of the map after, and a warning says so. Pixels without a class in one of the maps are 0 and not compared.

This is how the maps differ, not how the land does: errors of either map count as changes. Score both with 'Assess accuracy'.</source>
        <translation>Compara dos mapas de clases, de dos fechas o de dos modelos, y escribe un mapa de los cambios («Maíz -&gt; Bosque»), la matriz de cambios en píxeles y hectáreas, y un informe con los mayores cambios. Lo que no cambió es pálido; los cambios tienen colores fuertes.

Las clases se emparejan por nombre; por valor si uno de los mapas no tiene nombres. Si el mapa de después está en otra malla, también en otro sistema de coordenadas, cada píxel del de antes se compara con el más cercano del de después, y un aviso lo dice. Los píxeles sin clase en uno de los mapas son 0 y no se comparan.

Así difieren los mapas, no el terreno: los errores de cualquiera cuentan como cambios. Evalúe ambos con «Evaluar la exactitud».</translation>
    </message>
    <message>
        <source>change detection,change matrix,transition,from-to,two dates,difference,area</source>
        <translation>detección de cambios,matriz de cambios,transición,de-a,dos fechas,diferencia,superficie</translation>
    </message>
    <message>
        <source>Map before</source>
        <translation>Mapa de antes</translation>
    </message>
    <message>
        <source>Class map of the earlier date.</source>
        <translation>Mapa de clases de la fecha anterior.</translation>
    </message>
    <message>
        <source>Map after</source>
        <translation>Mapa de después</translation>
    </message>
    <message>
        <source>Class map of the later date, or of another model.</source>
        <translation>Mapa de clases de la fecha posterior, o de otro modelo.</translation>
    </message>
    <message>
        <source>Change map</source>
        <translation>Mapa de cambios</translation>
    </message>
    <message>
        <source>A value for each change: that of the class before and that after, as 305 for 3 to 5, or running numbers where these grow too large.</source>
        <translation>Un valor por cambio: el de la clase de antes y el de la de después, como 305 para 3 a 5, o números corridos donde estos serían demasiado grandes.</translation>
    </message>
    <message>
        <source>Change matrix</source>
        <translation>Matriz de cambios</translation>
    </message>
    <message>
        <source>Change report</source>
        <translation>Informe de cambios</translation>
    </message>
    <message>
        <source>Share of the compared area that changed, 0 to 1</source>
        <translation>Parte del área comparada que cambió, de 0 a 1</translation>
    </message>
    <message>
        <source>Pixels that changed</source>
        <translation>Píxeles que cambiaron</translation>
    </message>
    <message>
        <source>Hectares that changed</source>
        <translation>Hectáreas que cambiaron</translation>
    </message>
    <message>
        <source>Pixels with a class in both maps</source>
        <translation>Píxeles con clase en ambos mapas</translation>
    </message>
    <message>
        <source>Set up the engine</source>
        <translation>Instalar el motor</translation>
    </message>
    <message>
        <source>Install the Python packages of the engine, apart from those of QGIS</source>
        <translation>Instalar los paquetes de Python del motor, aparte de los de QGIS</translation>
    </message>
    <message>
        <source>Installs the packages that the engine needs into an environment of its own in your user folder. The Python of QGIS is not changed. It needs a network connection. Setting it up takes a few minutes and about 1.5 GB of disk space, or several GB with an NVIDIA card. Cancelled or interrupted, it continues where it stopped.

You do not need it if you name a Python that has the packages in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net. 'Remove the engine' frees the space again.</source>
        <translation>Instala los paquetes que el motor necesita en un entorno propio en su carpeta de usuario. El Python de QGIS no se cambia. Necesita conexión a la red. La instalación tarda unos minutos y ocupa unos 1.5 GB de disco, o varios GB con una tarjeta NVIDIA. Cancelada o cortada, sigue donde se detuvo.

No lo necesita si nombra un Python que tenga los paquetes en Configuración &gt; Opciones &gt; Procesos &gt; Proveedores &gt; MIAF-Net. «Quitar el motor» libera de nuevo el espacio.</translation>
    </message>
    <message>
        <source>install,setup,torch,environment,dependencies,gpu,cuda</source>
        <translation>instalar,configurar,torch,entorno,dependencias,gpu,cuda</translation>
    </message>
    <message>
        <source>Python</source>
        <translation>Python</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Todos los archivos</translation>
    </message>
    <message>
        <source>Python 3.10 or newer to build with; empty takes that of QGIS or, if that is too old, the newest one found.</source>
        <translation>Python 3.10 o más nuevo con que construir; vacío toma el de QGIS o, si es demasiado viejo, el más nuevo que se encuentre.</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>Calcular en</translation>
    </message>
    <message>
        <source>Build of torch: auto looks for an NVIDIA card and its driver; cpu is smaller; cuda also checks that the engine finds a card.</source>
        <translation>Versión de torch: auto busca una tarjeta NVIDIA y su controlador; cpu es más pequeña; cuda comprueba además que el motor encuentra una tarjeta.</translation>
    </message>
    <message>
        <source>Folder of wheels</source>
        <translation>Carpeta de wheels</translation>
    </message>
    <message>
        <source>Wheel files to install from, without any network.</source>
        <translation>Archivos wheel desde los que instalar, sin red alguna.</translation>
    </message>
    <message>
        <source>Extra package index</source>
        <translation>Índice de paquetes adicional</translation>
    </message>
    <message>
        <source>Address of the index of the torch build you want, for a certain CUDA version or for the smaller CPU build; PyTorch's installation page lists them.</source>
        <translation>Dirección del índice de la versión de torch deseada, para cierta versión de CUDA o para la más pequeña de CPU; la página de instalación de PyTorch las lista.</translation>
    </message>
    <message>
        <source>Python of the engine</source>
        <translation>Python del motor</translation>
    </message>
    <message>
        <source>Device found</source>
        <translation>Dispositivo encontrado</translation>
    </message>
    <message>
        <source>Remove the engine</source>
        <translation>Quitar el motor</translation>
    </message>
    <message>
        <source>Free the disc space that the packages of the engine take</source>
        <translation>Liberar el espacio en disco que ocupan los paquetes del motor</translation>
    </message>
    <message>
        <source>Removes the packages that 'Set up the engine' installed, those of older versions too, and the log files of the runs. Your maps and models stay, and so does a Python that you named in the options. Run 'Set up the engine' to have the engine again.</source>
        <translation>Quita los paquetes que instaló «Instalar el motor», también los de versiones anteriores, y los registros de las ejecuciones. Sus mapas y modelos se quedan, y también un Python que haya nombrado en las opciones. Ejecute «Instalar el motor» para tener de nuevo el motor.</translation>
    </message>
    <message>
        <source>uninstall,remove,disc space,environment,logs</source>
        <translation>desinstalar,quitar,espacio en disco,entorno,registros</translation>
    </message>
    <message>
        <source>Remove the logs</source>
        <translation>Quitar los registros</translation>
    </message>
    <message>
        <source>The log files of the runs; other files in their folder stay.</source>
        <translation>Los registros de las ejecuciones; otros archivos de su carpeta se quedan.</translation>
    </message>
    <message>
        <source>Megabytes freed</source>
        <translation>Megabytes liberados</translation>
    </message>
    <message>
        <source>Report engine and hardware</source>
        <translation>Informar del motor y el equipo</translation>
    </message>
    <message>
        <source>List versions, packages and devices for a bug report</source>
        <translation>Listar versiones, paquetes y dispositivos para un informe de error</translation>
    </message>
    <message>
        <source>Lists the versions of QGIS, Python and the engine's packages, the interpreter that runs the engine, and the devices it finds. Add the text to a bug report. Your home folder is shown as ~, your user name as USER.</source>
        <translation>Lista las versiones de QGIS, Python y los paquetes del motor, el intérprete que lo ejecuta y los dispositivos que encuentra. Añada el texto a un informe de error. Su carpeta personal aparece como ~ y su nombre de usuario como USER.</translation>
    </message>
    <message>
        <source>diagnostics,version,gpu,cuda,support,bug</source>
        <translation>diagnóstico,versión,gpu,cuda,ayuda,error</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Informe</translation>
    </message>
    <message>
        <source>The text that the log shows, to copy into a bug report.</source>
        <translation>El texto que muestra el registro, para copiarlo en un informe de error.</translation>
    </message>
    <message>
        <source>Open the demo scene</source>
        <translation>Abrir la escena de demostración</translation>
    </message>
    <message>
        <source>Open the Indian Pines scene with its training and test areas</source>
        <translation>Abrir la escena Indian Pines con sus áreas de entrenamiento y de prueba</translation>
    </message>
    <message>
        <source>Opens the Indian Pines scene that comes with the plugin: a small hyperspectral cube, training areas and test areas. It is a copy in your user folder, so draw in it as you like. Then run 'Classify from training areas' with the class field 'cover'.</source>
        <translation>Abre la escena Indian Pines que viene con el complemento: un pequeño cubo hiperespectral, áreas de entrenamiento y áreas de prueba. Es una copia en su carpeta de usuario; dibuje en ella como quiera. Ejecute después «Clasificar desde áreas de entrenamiento» con el campo de clase «cover».</translation>
    </message>
    <message>
        <source>demo,example,tutorial,Indian Pines,sample data</source>
        <translation>demostración,ejemplo,tutorial,Indian Pines,datos de ejemplo</translation>
    </message>
    <message>
        <source>Demo scene</source>
        <translation>Escena de demostración</translation>
    </message>
    <message>
        <source>Demo scene (Indian Pines)</source>
        <translation>Escena de demostración (Indian Pines)</translation>
    </message>
    <message>
        <source>Demo training areas</source>
        <translation>Áreas de entrenamiento de demostración</translation>
    </message>
    <message>
        <source>Demo test areas</source>
        <translation>Áreas de prueba de demostración</translation>
    </message>
    <message>
        <source>Import a benchmark scene</source>
        <translation>Importar una escena de referencia</translation>
    </message>
    <message>
        <source>Make rasters and areas of a scene in MATLAB or NumPy files</source>
        <translation>Hacer rásteres y áreas de una escena en archivos MATLAB o NumPy</translation>
    </message>
    <message>
        <source>Scenes of the literature, such as Indian Pines, Salinas or Pavia University, are published as arrays in .mat or .npy files. This makes a hyperspectral cube of them that QGIS can open, a label raster, and areas with the text field 'class', one for each connected region of labels.

Then run 'Classify from training areas' with the cube, the areas and the class field 'class'. Whole regions are held out for the accuracy figures; a class of one region is divided, and its figures are the better for it.

Arrays do not say where on earth they are. Without an origin the rasters have no georeference, and QGIS draws them from 0,0 downwards in pixels; the areas lie upon them.</source>
        <translation>Las escenas de la literatura, como Indian Pines, Salinas o Pavia University, se publican como matrices en archivos .mat o .npy. Esto hace de ellas un cubo hiperespectral que QGIS puede abrir, un ráster de etiquetas y áreas con el campo de texto «class», una por región conexa de etiquetas.

Ejecute después «Clasificar desde áreas de entrenamiento» con el cubo, las áreas y el campo de clase «class». Para la exactitud se apartan regiones enteras; una clase de una sola región se divide, y sus cifras salen mejores por ello.

Las matrices no dicen en qué lugar de la tierra están. Sin origen los rásteres no tienen georreferencia y QGIS los dibuja desde 0,0 hacia abajo en píxeles; las áreas quedan encima.</translation>
    </message>
    <message>
        <source>benchmark,mat,MATLAB,npy,NumPy,Indian Pines,Salinas,Pavia,Jasper Ridge,ground truth,import</source>
        <translation>referencia,mat,MATLAB,npy,NumPy,Indian Pines,Salinas,Pavia,Jasper Ridge,verdad terreno,importar</translation>
    </message>
    <message>
        <source>Array file of the cube</source>
        <translation>Archivo de matrices del cubo</translation>
    </message>
    <message>
        <source>Arrays</source>
        <translation>Matrices</translation>
    </message>
    <message>
        <source>MATLAB file (version 5 or 7.3) or NumPy .npy with the spectra.</source>
        <translation>Archivo MATLAB (versión 5 o 7.3) o NumPy .npy con los espectros.</translation>
    </message>
    <message>
        <source>Array of the cube</source>
        <translation>Matriz del cubo</translation>
    </message>
    <message>
        <source>Name of the array in a MATLAB file; empty takes the only one with three axes.</source>
        <translation>Nombre de la matriz en un archivo MATLAB; vacío toma la única con tres ejes.</translation>
    </message>
    <message>
        <source>Array file of the labels</source>
        <translation>Archivo de matrices de las etiquetas</translation>
    </message>
    <message>
        <source>MATLAB or NumPy file with the class number of each pixel, 0 where it is not known; or with abundances, one layer a class.</source>
        <translation>Archivo MATLAB o NumPy con el número de clase de cada píxel, 0 donde no se conoce; o con abundancias, una capa por clase.</translation>
    </message>
    <message>
        <source>Array of the labels</source>
        <translation>Matriz de las etiquetas</translation>
    </message>
    <message>
        <source>Name of the array in a MATLAB file; empty takes the only one that fits the cube. With a name and no labels file it is an array of the cube's.</source>
        <translation>Nombre de la matriz en un archivo MATLAB; vacío toma la única que encaja con el cubo. Con un nombre y sin archivo de etiquetas es una matriz del archivo del cubo.</translation>
    </message>
    <message>
        <source>List of class names</source>
        <translation>Lista de nombres de clases</translation>
    </message>
    <message>
        <source>Text with a line for each class, value and name, as '10 Corn'; or with names alone, in order of the values.</source>
        <translation>Texto con una línea por clase, valor y nombre, como «10 Maíz»; o solo con nombres, en el orden de los valores.</translation>
    </message>
    <message>
        <source>List of wavelengths</source>
        <translation>Lista de longitudes de onda</translation>
    </message>
    <message>
        <source>Text or CSV with one wavelength a line, or with a column 'wavelength' and perhaps 'fwhm'; an AVIRIS .spc file; or .npy. Nanometres or micrometres.</source>
        <translation>Texto o CSV con una longitud de onda por línea, o con una columna «wavelength» y quizá «fwhm»; un archivo .spc de AVIRIS; o .npy. Nanómetros o micrómetros.</translation>
    </message>
    <message>
        <source>Bands of that list that the cube lacks</source>
        <translation>Bandas de esa lista que faltan en el cubo</translation>
    </message>
    <message>
        <source>Numbers from 1, as 104-108,150-163,220, where the list has the bands of the sensor and noisy ones were taken out of the cube.</source>
        <translation>Números desde 1, como 104-108,150-163,220, donde la lista tiene las bandas del sensor y las ruidosas se quitaron del cubo.</translation>
    </message>
    <message>
        <source>Order of the axes</source>
        <translation>Orden de los ejes</translation>
    </message>
    <message>
        <source>auto goes by the shape of the labels, else takes rows,columns,bands.</source>
        <translation>auto sigue la forma de las etiquetas; si no, toma rows,columns,bands.</translation>
    </message>
    <message>
        <source>Rows, where the pixels stand in one row</source>
        <translation>Filas, si los píxeles están en una sola hilera</translation>
    </message>
    <message>
        <source>Needed for a cube of two axes, pixels and bands; else 0.</source>
        <translation>Necesario para un cubo de dos ejes, píxeles y bandas; si no, 0.</translation>
    </message>
    <message>
        <source>Columns, where the pixels stand in one row</source>
        <translation>Columnas, si los píxeles están en una sola hilera</translation>
    </message>
    <message>
        <source>As rows.</source>
        <translation>Como las filas.</translation>
    </message>
    <message>
        <source>Order of such pixels</source>
        <translation>Orden de tales píxeles</translation>
    </message>
    <message>
        <source>F: column by column, as MATLAB does; C: row by row.</source>
        <translation>F: columna por columna, como MATLAB; C: fila por fila.</translation>
    </message>
    <message>
        <source>Least abundance of a class (%)</source>
        <translation>Abundancia mínima de una clase (%)</translation>
    </message>
    <message>
        <source>Where the labels are abundances: what makes a pixel one of a class.</source>
        <translation>Si las etiquetas son abundancias: lo que hace que un píxel sea de una clase.</translation>
    </message>
    <message>
        <source>Nodata value</source>
        <translation>Valor nodata</translation>
    </message>
    <message>
        <source>Value of pixels without data.</source>
        <translation>Valor de los píxeles sin datos.</translation>
    </message>
    <message>
        <source>CRS of the origin</source>
        <translation>SRC del origen</translation>
    </message>
    <message>
        <source>Only with an origin. Empty: the rasters get no CRS.</source>
        <translation>Solo con un origen. Vacío: los rásteres no reciben SRC.</translation>
    </message>
    <message>
        <source>Origin (upper left corner)</source>
        <translation>Origen (esquina superior izquierda)</translation>
    </message>
    <message>
        <source>x,y of the upper left corner of the image. Empty: no georeference.</source>
        <translation>x,y de la esquina superior izquierda de la imagen. Vacío: sin georreferencia.</translation>
    </message>
    <message>
        <source>Pixel size</source>
        <translation>Tamaño del píxel</translation>
    </message>
    <message>
        <source>One number, or width,height; in units of the CRS.</source>
        <translation>Un número, o ancho,alto; en unidades del SRC.</translation>
    </message>
    <message>
        <source>Cube</source>
        <translation>Cubo</translation>
    </message>
    <message>
        <source>Label raster</source>
        <translation>Ráster de etiquetas</translation>
    </message>
    <message>
        <source>Areas of the labels</source>
        <translation>Áreas de las etiquetas</translation>
    </message>
    <message>
        <source>Add class names to polygons</source>
        <translation>Añadir nombres de clases a polígonos</translation>
    </message>
    <message>
        <source>Write names and colours of a class map's legend to its polygons</source>
        <translation>Escribir nombres y colores de la leyenda de un mapa de clases en sus polígonos</translation>
    </message>
    <message>
        <source>Adds the fields 'class' and 'colour' to polygons that were made from a class map, by 'Polygonise' for example: name and colour that the map's legend has for the value in a field. Polygons of a value that is not in the legend get empty fields. The layer is shown in the map's colours.</source>
        <translation>Añade los campos «class» y «colour» a polígonos hechos de un mapa de clases, con «Poligonizar» por ejemplo: nombre y color que la leyenda del mapa tiene para el valor de un campo. Los polígonos de un valor que no está en la leyenda reciben campos vacíos. La capa se muestra con los colores del mapa.</translation>
    </message>
    <message>
        <source>polygonise,vectorise,legend,classification,land cover</source>
        <translation>poligonizar,vectorizar,leyenda,clasificación,cobertura del suelo</translation>
    </message>
    <message>
        <source>Polygons of a class map</source>
        <translation>Polígonos de un mapa de clases</translation>
    </message>
    <message>
        <source>Polygons with a field of class values.</source>
        <translation>Polígonos con un campo de valores de clase.</translation>
    </message>
    <message>
        <source>Field of class values</source>
        <translation>Campo de los valores de clase</translation>
    </message>
    <message>
        <source>GDAL's 'Polygonise' names it DN by default.</source>
        <translation>«Poligonizar» de GDAL lo llama DN si no se le dice otra cosa.</translation>
    </message>
    <message>
        <source>Map that the polygons were made from; its legend is used.</source>
        <translation>Mapa del que salieron los polígonos; se usa su leyenda.</translation>
    </message>
    <message>
        <source>Polygons with class names</source>
        <translation>Polígonos con nombres de clases</translation>
    </message>
    <message>
        <source>hyperspectral,classification,land cover,deep learning,model,workflow</source>
        <translation>hiperespectral,clasificación,cobertura del suelo,aprendizaje profundo,modelo,flujo de trabajo</translation>
    </message>
    <message>
        <source>Python that runs the engine (empty: found automatically)</source>
        <translation>Python que ejecuta el motor (vacío: se busca solo)</translation>
    </message>
    <message>
        <source>Device, where a dialog says auto</source>
        <translation>Dispositivo, donde un diálogo dice auto</translation>
    </message>
    <message>
        <source>Memory budget in MiB, where a dialog says 0 (0: the engine chooses)</source>
        <translation>Memoria disponible en MiB, donde un diálogo dice 0 (0: elige el motor)</translation>
    </message>
    <message>
        <source>Threads of the engine (0: the engine chooses)</source>
        <translation>Hilos del motor (0: elige el motor)</translation>
    </message>
    <message>
        <source>Folder for log files (empty: user's folder)</source>
        <translation>Carpeta de los registros (vacío: carpeta del usuario)</translation>
    </message>
    <message>
        <source>The run is not finished. Stop it?</source>
        <translation>La ejecución no ha terminado. ¿Detenerla?</translation>
    </message>
    <message>
        <source>If not, it continues in the background, and the list of tasks at the bottom of QGIS's window shows it. A training that is stopped continues where it was when it is run again.</source>
        <translation>Si no, continúa en segundo plano, y la lista de tareas en la parte inferior de la ventana de QGIS la muestra. Un entrenamiento detenido continúa donde estaba cuando se ejecuta de nuevo.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Detener</translation>
    </message>
    <message>
        <source>Continue in the background</source>
        <translation>Continuar en segundo plano</translation>
    </message>
    <message>
        <source>The engine is ready.</source>
        <translation>El motor está listo.</translation>
    </message>
    <message>
        <source>Spectra</source>
        <translation>Espectros</translation>
    </message>
    <message>
        <source>Training curve</source>
        <translation>Curva de entrenamiento</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Ayuda</translation>
    </message>
    <message>
        <source>The engine that computes the maps is not set up yet. Setting it up takes a few minutes and about 1.5 GB of disk space, or several GB with an NVIDIA card.</source>
        <translation>El motor que calcula los mapas aún no está instalado. La instalación tarda unos minutos y ocupa unos 1.5 GB de disco, o varios GB con una tarjeta NVIDIA.</translation>
    </message>
    <message>
        <source>Open a copy in the model designer…</source>
        <translation>Abrir una copia en el diseñador de modelos…</translation>
    </message>
    <message>
        <source>The training areas cannot be stored in '{path}': {reason}</source>
        <translation>Las áreas de entrenamiento no se pueden guardar en '{path}': {reason}</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Clase</translation>
    </message>
    <message>
        <source>Areas</source>
        <translation>Áreas</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Píxeles</translation>
    </message>
    <message>
        <source>ha</source>
        <translation>ha</translation>
    </message>
    <message>
        <source>Double-click to rename; right-click for colour and removal.</source>
        <translation>Doble clic para renombrar; clic derecho para color y eliminación.</translation>
    </message>
    <message>
        <source>Number of training areas</source>
        <translation>Número de áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Pixels of the cube in the training areas</source>
        <translation>Píxeles del cubo en las áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Hectares of the class in the last map</source>
        <translation>Hectáreas de la clase en el último mapa</translation>
    </message>
    <message>
        <source>Producer's accuracy: share of this class in the training areas that the map finds, measured on areas held out in turn</source>
        <translation>Exactitud del productor: parte de esta clase en las áreas de entrenamiento que el mapa encuentra, medida en áreas reservadas por turnos</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Renombrar</translation>
    </message>
    <message>
        <source>Change colour…</source>
        <translation>Cambiar color…</translation>
    </message>
    <message>
        <source>Remove class and its areas</source>
        <translation>Eliminar la clase y sus áreas</translation>
    </message>
    <message>
        <source>There is a class '{name}' already.</source>
        <translation>Ya existe la clase '{name}'.</translation>
    </message>
    <message>
        <source>MIAF-Net panel</source>
        <translation>Panel de MIAF-Net</translation>
    </message>
    <message>
        <source>Draw training areas and map a hyperspectral cube</source>
        <translation>Dibujar áreas de entrenamiento y cartografiar un cubo hiperespectral</translation>
    </message>
    <message>
        <source>The accuracy of this map was not measured: the model that it continues from has seen every area. Train from the beginning to measure it.</source>
        <translation>La exactitud de este mapa no se midió: el modelo del que parte ha visto todas las áreas. Entrene desde el principio para medirla.</translation>
    </message>
    <message>
        <source>{share} % of it is unlike every training area.</source>
        <translation>El {share} % no se parece a ninguna área de entrenamiento.</translation>
    </message>
    <message>
        <source>Draw areas</source>
        <translation>Dibujar áreas</translation>
    </message>
    <message>
        <source>Draw areas of the current class: click the corners and end with a right click, or hold the button and draw around the area.</source>
        <translation>Dibujar áreas de la clase actual: haga clic en las esquinas y termine con clic derecho, o mantenga pulsado el botón y rodee el área.</translation>
    </message>
    <message>
        <source>Click superpixels</source>
        <translation>Marcar superpíxeles</translation>
    </message>
    <message>
        <source>Assign the current class to superpixels: click one, or hold the button and brush over several. Click again to remove the class. The keys 1 to 9 choose a class.</source>
        <translation>Asignar la clase actual a superpíxeles: haga clic en uno, o mantenga pulsado el botón y pase sobre varios. Haga clic de nuevo para quitar la clase. Las teclas 1 a 9 eligen una clase.</translation>
    </message>
    <message>
        <source>New class</source>
        <translation>Nueva clase</translation>
    </message>
    <message>
        <source>Use areas of another layer</source>
        <translation>Usar áreas de otra capa</translation>
    </message>
    <message>
        <source>The cube is cut into superpixels: click those whose cover you know.</source>
        <translation>El cubo está dividido en superpíxeles: haga clic en aquellos cuya cobertura conozca.</translation>
    </message>
    <message>
        <source>Open a hyperspectral cube, or the demo scene from the menu.</source>
        <translation>Abra un cubo hiperespectral, o la escena de demostración desde el menú.</translation>
    </message>
    <message>
        <source>Make a class, then draw areas where you know the cover.</source>
        <translation>Cree una clase y dibuje áreas cuya cobertura conozca.</translation>
    </message>
    <message>
        <source>Draw areas of at least two classes, several of each.</source>
        <translation>Dibuje áreas de al menos dos clases, varias de cada una.</translation>
    </message>
    <message>
        <source>The project is not saved yet: its areas are in a folder of your profile. Save the project to have them beside it.</source>
        <translation>El proyecto aún no está guardado: sus áreas están en una carpeta de su perfil. Guarde el proyecto para tenerlas a su lado.</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Wait until the run has ended, then cut the superpixels.</source>
        <translation>Espere a que termine la ejecución y después corte los superpíxeles.</translation>
    </message>
    <message>
        <source>The area lies outside the cube and was not kept.</source>
        <translation>El área queda fuera del cubo y no se conservó.</translation>
    </message>
    <message>
        <source>The areas are saved in {name}.</source>
        <translation>Las áreas están guardadas en {name}.</translation>
    </message>
    <message>
        <source>Update map</source>
        <translation>Actualizar mapa</translation>
    </message>
    <message>
        <source>Suggest where to draw next</source>
        <translation>Sugerir dónde dibujar después</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>How much of the map covers the cube</source>
        <translation>Cuánto cubre el mapa al cubo</translation>
    </message>
    <message>
        <source>Continue from the last model</source>
        <translation>Continuar desde el último modelo</translation>
    </message>
    <message>
        <source>Takes a fraction of the time. The accuracy is not measured, because the model has seen every area.</source>
        <translation>Tarda una fracción del tiempo. La exactitud no se mide, porque el modelo ha visto todas las áreas.</translation>
    </message>
    <message>
        <source>Quick look: fewer epochs</source>
        <translation>Vistazo rápido: menos épocas</translation>
    </message>
    <message>
        <source>Open the dialog with these values…</source>
        <translation>Abrir el diálogo con estos valores…</translation>
    </message>
    <message>
        <source>The last run as a call</source>
        <translation>La última ejecución como llamada</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Iniciando…</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Cancelando…</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>Copiar como orden</translation>
    </message>
    <message>
        <source>Copy as Python</source>
        <translation>Copiar como Python</translation>
    </message>
    <message>
        <source>Cancelled. Run it again to continue where it stopped.</source>
        <translation>Cancelado. Ejecútelo de nuevo para continuar donde se detuvo.</translation>
    </message>
    <message>
        <source>{count} areas are suggested; the first is in view. Draw there if you know the cover, or leave it.</source>
        <translation>Se sugieren {count} áreas; la primera está a la vista. Dibuje allí si conoce la cobertura, o déjela.</translation>
    </message>
    <message>
        <source>The run failed: {reason}</source>
        <translation>La ejecución falló: {reason}</translation>
    </message>
    <message>
        <source>There is no algorithm '{name}'; is Processing switched on?</source>
        <translation>No existe el algoritmo '{name}'; ¿está activado Processing?</translation>
    </message>
    <message>
        <source>The accuracy of the map was not measured.</source>
        <translation>La exactitud del mapa no se midió.</translation>
    </message>
    <message>
        <source>About {share} % of the map should be right (95 % interval {low} to {high} %).</source>
        <translation>Alrededor del {share} % del mapa debería ser correcto (intervalo del 95 %: {low} a {high} %).</translation>
    </message>
    <message>
        <source>About {share} % of the map should be right.</source>
        <translation>Alrededor del {share} % del mapa debería ser correcto.</translation>
    </message>
    <message>
        <source>Suggest areas</source>
        <translation>Proponer áreas</translation>
    </message>
    <message>
        <source>Use as training areas</source>
        <translation>Usar como áreas de entrenamiento</translation>
    </message>
    <message>
        <source>No polygons with a class field</source>
        <translation>No hay polígonos con un campo de clase</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>Espectro</translation>
    </message>
    <message>
        <source>Change colour</source>
        <translation>Cambiar color</translation>
    </message>
    <message>
        <source>Rename class</source>
        <translation>Renombrar clase</translation>
    </message>
    <message>
        <source>Remove class</source>
        <translation>Eliminar clase</translation>
    </message>
    <message>
        <source>Add areas</source>
        <translation>Añadir áreas</translation>
    </message>
    <message>
        <source>Remove areas</source>
        <translation>Eliminar áreas</translation>
    </message>
    <message>
        <source>Change class</source>
        <translation>Cambiar clase</translation>
    </message>
    <message>
        <source>Change areas</source>
        <translation>Cambiar áreas</translation>
    </message>
    <message>
        <source>Device from the options: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory budget from the options: {n} MiB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The extent '{value}' cannot be read; write xmin,xmax,ymin,ymax [CRS].</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'{name}' was not classified: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine answered for {found} of {count} cubes. Run 'Set up the engine' again, and then this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None of the {count} cubes was classified; see above.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Changes (miaf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'Map before' and 'Map after' are the same file; choose another.</source>
        <translation>«Mapa de antes» y «Mapa de después» son el mismo archivo; elija otro.</translation>
    </message>
    <message>
        <source>The demo file '{path}' is missing; install the plugin again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demo scene cannot be copied to {folder}: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference sample (miaf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The expected accuracy '{text}' is no number, or numbers with commas; write 0.8, or 0.7,0.9,0.85.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scene}, labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{scene}, areas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no file '{path}'; check {title}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pixel size '{text}' is neither one number nor two.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster '{name}' has no legend of classes; choose a class map, as 'Classify with a model' makes it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} MB were freed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting the engine once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is an NVIDIA card, but the engine computes on the CPU: update the driver, or run this again with COMPUTE cuda.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine is ready: {python}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NVIDIA card: {card}; build of torch: {build}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The environment lacks {names}; run this again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine works but finds no NVIDIA card, only '{device}'. Update the driver, give the index of a CUDA build as INDEX_URL, or run this again with COMPUTE auto.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python {version}: {python}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none with a driver</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The environment cannot be written: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggested areas (miaf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Superpixels (miaf)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Each of the {count} areas has a class of its own; is '{field}' the field that names the class?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cube '{name}' is shown by its first bands. Show it as:</source>
        <translation>El cubo '{name}' se muestra con sus primeras bandas. Mostrarlo como:</translation>
    </message>
    <message>
        <source>Show cube as</source>
        <translation>Mostrar el cubo como</translation>
    </message>
    <message>
        <source>Choose a hyperspectral cube in the layer tree first.</source>
        <translation>Elija primero un cubo hiperespectral en el árbol de capas.</translation>
    </message>
    <message>
        <source>Validation accuracy {value}, best {best}.</source>
        <translation>Exactitud de validación {value}, la mejor {best}.</translation>
    </message>
    <message>
        <source>No training is running.</source>
        <translation>No hay ningún entrenamiento en curso.</translation>
    </message>
    <message>
        <source>The plot needs the Python package matplotlib, which this QGIS lacks.</source>
        <translation>El gráfico necesita el paquete matplotlib de Python, que falta en este QGIS.</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>Época</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Pérdida</translation>
    </message>
    <message>
        <source>Epoch {n} of {count}, loss {loss}.</source>
        <translation>Época {n} de {count}, pérdida {loss}.</translation>
    </message>
    <message>
        <source>Validation accuracy (%)</source>
        <translation>Exactitud de validación (%)</translation>
    </message>
    <message>
        <source>The engine's answer cannot be used: '{key}' is {value}. Is it of another release than the plugin? Run 'Set up the engine' again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine says that it wrote '{path}', and there is no such file. Was it moved or deleted, or is its drive gone? Run it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installing packages; the first time takes minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The packages cannot be installed. Check the network connection, the proxy of QGIS and the free disc space, or give a folder of wheels; what is there already is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>uv cannot be installed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{python} cannot make a virtual environment. On Debian and Ubuntu install the package python3-venv; elsewhere give PYTHON a Python 3.10 or newer from python.org or conda.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>uv cannot install the packages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Making the environment in {folder}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Once more, with pip from {python}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The {build} build of torch cannot be had ({reason}); the usual build is installed, which is larger on Linux and has no CUDA on Windows.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue at epoch {n} of '{stage}'.</source>
        <translation>Cancelado. Ejecútelo de nuevo para continuar en la época {n} de '{stage}'.</translation>
    </message>
    <message>
        <source>about {n} h left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine answers again, after {seconds} seconds.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Cancelado.</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue where it stopped.</source>
        <translation>Cancelado. Ejecútelo de nuevo para continuar donde se detuvo.</translation>
    </message>
    <message>
        <source>Cancelled. Run again to continue at epoch {n}.</source>
        <translation>Cancelado. Ejecútelo de nuevo para continuar en la época {n}.</translation>
    </message>
    <message>
        <source>about {n} s left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about {n} min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine has not answered for {seconds} seconds. It may hang, or the machine may be short of memory. You can keep waiting, or cancel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine has hardly computed for {seconds} seconds: it waits, perhaps for a network drive or a graphics card. You can keep waiting, or cancel.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Installing the packages: {written} MB written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Downloading {name}: {done} of {size} MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>setting of the MIAF-Net provider</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>environment of the engine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Python of QGIS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine cannot use {python} ({origin}): {reason}. Correct the setting, or run the algorithm 'Set up the engine' (miaf:setupengine).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine is not installed: run the algorithm 'Set up the engine' (miaf:setupengine) once, or name a Python that has the packages in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net or in the environment variable {variable}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is Python {found}, and 3.10 or newer is needed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it lacks {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>environment variable {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it does not work ({reason})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The cubes are tried again, one by one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine closed its output and did not end; it was stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it said nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine cannot be started with {python}: {reason}. Name another Python in Settings &gt; Options &gt; Processing &gt; Providers &gt; MIAF-Net, or run 'Set up the engine' again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine ended without a result ({how}): {words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine gave no reason.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine was ended from outside ({how}), probably because memory ran short; lower 'Memory budget', 'Width' or the size of the extent, or close other programs.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine crashed ({how}); try DEVICE 'cpu', or run 'Report engine and hardware' and add its text to a bug report.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The log file is {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>code {n}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>signal {n} {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> QGIS runs in a Flatpak and sees only the files given to it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'{python}' is Python {found}; the engine needs 3.10 or newer. Install one from python.org and give it as PYTHON.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no Python '{python}'; give the file of a Python 3.10 or newer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'{python}' does not work as a Python: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Removing {folder}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'{folder}' cannot be removed: {reason}. Let runs of the engine end, and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no CRS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{areas}' ({own}) cannot be transformed to raster '{cube}' ({wanted}); check both coordinate reference systems.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{name}' has no field '{field}'; choose the field that names the class (fields: {names}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{name}' holds suggested areas, and its field '{field}' no classes that a person has set; choose the field in which you set them.</source>
        <translation>La capa «{name}» contiene áreas sugeridas, y su campo «{field}» no tiene clases asignadas por una persona; elija el campo en el que las asignó.</translation>
    </message>
    <message>
        <source>Layer '{name}' has no features to use; draw some, clear its filter, or select some if only selected features are used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{areas}' has no coordinate reference system and raster '{cube}' has {wanted}; set that of the layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{areas}' ({own}) does not overlap raster '{cube}' ({wanted}): it lies at {there} and the raster at {here}; check both coordinate reference systems, or choose other areas.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{name}' has one class ('{key}'); at least 2 are needed. Draw areas of another class, or choose another field.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster '{raster}' has no coordinate reference system; the coordinates of layer '{areas}' ({own}) are taken as those of the raster.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{name}' cannot be copied for the engine: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{name}' is not styled by the values of '{field}' alone, so the colours of its classes are chosen automatically.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Layer '{name}' has no features to use; draw some.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Field '{field}' of layer '{name}' is empty in all {count} features; fill in the classes, or choose another field.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Natural colour</source>
        <translation>Color natural</translation>
    </message>
    <message>
        <source>Infrared</source>
        <translation>Infrarrojo</translation>
    </message>
    <message>
        <source>Short-wave infrared</source>
        <translation>Infrarrojo de onda corta</translation>
    </message>
    <message>
        <source>Cube '{name}' has no suitable bands: {title} needs {ranges} nm.</source>
        <translation>El cubo '{name}' no tiene bandas adecuadas: {title} necesita {ranges} nm.</translation>
    </message>
    <message>
        <source>Cube '{name}' has no wavelengths in its metadata; its bands {bands} are shown.</source>
        <translation>El cubo '{name}' no tiene longitudes de onda en sus metadatos; se muestran sus bandas {bands}.</translation>
    </message>
    <message>
        <source>Raster '{name}' is not a file of its own (its source begins with '{source}'); export it as GeoTIFF (Export, Save As) and choose that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster '{name}' comes from a service or database ({provider}); save it as a GeoTIFF or ENVI file and choose that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster '{name}' has {count} band; a hyperspectral cube has many. Choose the file with all bands, or stack them first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster '{name}' holds complex numbers; choose reflectance or radiance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The extent {extent} does not overlap raster '{name}' ({own}, {crs}); choose an extent inside it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output '{path}' cannot be written: '{folder}' is a file and no folder; choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder of '{path}' does not exist; make it first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The folder '{folder}' cannot be written to; choose another.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Output '{path}' is also an input; choose another name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its accuracy was not measured.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its accuracy was not measured: no pixels were held out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Land cover of {cube}, classified by MIAF-Net.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overall accuracy {value} %. {definition}</source>
        <translation>Exactitud global {value} %. {definition}</translation>
    </message>
    <message>
        <source>The model's accuracy on its training scene {scene}: {accuracy}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trained on {areas} and classified {cube}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Classified {cube}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model file: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of {given} cubes to train on, QGIS can read {count}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no model file '{path}'; choose one made by 'Train model'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Statistics of '{word}' are not available; use {words}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> or </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'{path}' is the header of an ENVI file; choose the data file beside it (often .dat, .bsq, .img or no ending).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>'{path}' is no raster that QGIS can read; choose another file, or copy it again if it should be one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>both are given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>neither is given</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give either {one} or {other}; {what}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Raster '{name}' has {count} bands; a raster of class values has one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask '{value}' is neither a raster nor a vector layer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask '{name}' has {count} bands; a mask has one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mask '{name}' holds no polygons.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no device '{device}'; use auto, cpu, cuda:N or mps.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Give 0 or a positive whole number (got {value}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The engine takes {most} threads at most (got {value}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no file '{path}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no folder '{path}'.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spectra of the training areas</source>
        <translation>Espectros de las áreas de entrenamiento</translation>
    </message>
    <message>
        <source>Pick pixels on the map</source>
        <translation>Elegir píxeles en el mapa</translation>
    </message>
    <message>
        <source>Class means</source>
        <translation>Medias de las clases</translation>
    </message>
    <message>
        <source>Click on the map to see the spectrum of a pixel.</source>
        <translation>Haga clic en el mapa para ver el espectro de un píxel.</translation>
    </message>
    <message>
        <source>all bands have the value {value}, so there is no spectrum to show.</source>
        <translation>todas las bandas tienen el valor {value}, así que no hay espectro que mostrar.</translation>
    </message>
    <message>
        <source>no data in {missing} of {count} bands.</source>
        <translation>sin datos en {missing} de {count} bandas.</translation>
    </message>
    <message>
        <source>nearest classes by spectral angle: {classes}.</source>
        <translation>clases más cercanas por ángulo espectral: {classes}.</translation>
    </message>
    <message>
        <source>Nearest classes</source>
        <translation>Clases más cercanas</translation>
    </message>
    <message>
        <source>All classes</source>
        <translation>Todas las clases</translation>
    </message>
    <message>
        <source>This cube is read too slowly to follow the mouse: click.</source>
        <translation>Este cubo se lee demasiado despacio para seguir el ratón: haga clic.</translation>
    </message>
    <message>
        <source>Choose a hyperspectral cube.</source>
        <translation>Elija un cubo hiperespectral.</translation>
    </message>
    <message>
        <source>Column {column}, row {row}:</source>
        <translation>Columna {column}, fila {row}:</translation>
    </message>
    <message>
        <source>no data.</source>
        <translation>sin datos.</translation>
    </message>
    <message>
        <source>Area {number} ({name}) looks like {other}: its spectral angle is {other_angle}° to that class but {own}° to its own.</source>
        <translation>El área {number} ({name}) se parece a {other}: su ángulo espectral es de {other_angle}° con esa clase, pero de {own}° con la suya.</translation>
    </message>
    <message>
        <source>This place is outside the cube.</source>
        <translation>Este lugar está fuera del cubo.</translation>
    </message>
    <message>
        <source>Pixel clicked</source>
        <translation>Píxel elegido</translation>
    </message>
    <message>
        <source>Pixel under the mouse</source>
        <translation>Píxel bajo el ratón</translation>
    </message>
    <message>
        <source>And {n} more.</source>
        <translation>Y {n} más.</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valor</translation>
    </message>
    <message>
        <source>The plot needs the Python package matplotlib, which this QGIS does not have. Names and spectral angles of the nearest classes are shown below all the same.</source>
        <translation>El gráfico necesita el paquete matplotlib de Python, que este QGIS no tiene. Aun así, abajo se muestran los nombres y ángulos espectrales de las clases más cercanas.</translation>
    </message>
    <message>
        <source>Wavelength (nm)</source>
        <translation>Longitud de onda (nm)</translation>
    </message>
    <message>
        <source>Band</source>
        <translation>Banda</translation>
    </message>
</context>
</TS>
