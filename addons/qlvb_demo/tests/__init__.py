from . import test_catalogue
from . import test_dossiers
from . import test_leaving
from . import test_organisation
from . import test_papers
from . import test_plan
from . import test_story
from . import test_story_leaving
